import { expect, it } from 'vitest';
import { text } from '../../src/text/text';
import { browserShelf, Preferences, type Shelf } from '../../src/state/preferences.svelte';

function make({ query = '', languages = ['en-US'], stored = {} as Record<string, string> } = {}) {
  const map = new Map(Object.entries(stored));
  const shelf: Shelf = { get: (key) => map.get(key), set: (key, value) => void map.set(key, value) };
  return { preferences: new Preferences({ shelf, languages, query: new URLSearchParams(query) }), map };
}

it('takes the language from the address, then the stored choice, then the browser', () => {
  expect(make({ languages: ['de', 'fr-CA', 'en'] }).preferences.locale).toBe('fr');
  expect(make({ languages: ['fr'], stored: { locale: 'en' } }).preferences.locale).toBe('en');
  const asked = make({ query: 'lang=fr', stored: { locale: 'en' } });
  expect(asked.preferences.locale).toBe('fr');
  expect(asked.map.get('locale')).toBe('fr');
  expect(make({ query: 'lang=xx', languages: ['ja'] }).preferences.locale).toBe('en');
});

it('speaks the chosen language at once', () => {
  const { preferences, map } = make();
  const files = text('{count} {count|file|files}', '{count} {count|fichier|fichiers}');
  expect(preferences.say(files, { count: 0 })).toBe('0 files');
  preferences.setLocale('fr');
  expect(preferences.say(files, { count: 0 })).toBe('0 fichier');
  expect(map.get('locale')).toBe('fr');
});

it('ignores a stored theme that it does not know', () => {
  expect(make({ stored: { theme: 'dark' } }).preferences.theme).toBe('dark');
  expect(make({ stored: { theme: 'solar' } }).preferences.theme).toBe('auto');
});

it('remembers for the page where the browser refuses storage', () => {
  // no localStorage here: every access throws
  const shelf = browserShelf();
  shelf.set('theme', 'dark');
  expect(shelf.get('theme')).toBe('dark');
});
