import { same, text } from '../../text/text';

export const proofText = {
  title: text('Privacy', 'Confidentialité'),
  how: text(
    'The policy of this page lets the browser fetch the app’s own files and nothing else; it holds in workers too. Fonts, scripts and pictures from elsewhere, forms and frames are forbidden.',
    'La politique de cette page ne laisse le navigateur charger que les fichiers de l’application ; elle vaut aussi dans les workers. Polices, scripts et images d’ailleurs, formulaires et cadres sont interdits.',
  ),
  policy: text('The policy, word for word', 'La politique, mot pour mot'),
  ways: text(
    'It comes three ways, as any one may be missing: headers of the server, the service worker on all it serves, and the page itself. Workers close their own network access as well.',
    'Elle arrive par trois voies, car chacune peut manquer : les en-têtes du serveur, le service worker sur tout ce qu’il sert, et la page elle-même. Les workers ferment en plus leur propre accès au réseau.',
  ),
  modes: text('What works differently in this browser', 'Ce qui marche autrement dans ce navigateur'),
  full: text('Nothing: all that psiscope needs is there.', 'Rien : tout ce dont psiscope a besoin est là.'),
} as const;

/** What may be missing, and what that means for the reader. */
export const modeTexts = {
  storage: {
    name: same('IndexedDB'),
    means: text(
      'Sessions cannot be kept: they last until the page is closed. Their file can be exported.',
      'Les sessions ne peuvent pas être gardées : elles durent jusqu’à la fermeture de la page. Leur fichier peut être exporté.',
    ),
  },
  serviceWorker: {
    name: same('Service worker'),
    means: text(
      'The page does not open without the network; reading evidence needs none.',
      'La page ne s’ouvre pas sans réseau ; lire des pièces n’en demande pas.',
    ),
  },
  webAssembly: {
    name: same('WebAssembly'),
    means: text(
      'xz archives are read at half the speed, and what is unpacked takes more memory.',
      'Les archives xz sont lues deux fois moins vite, et le contenu décompressé occupe plus de mémoire.',
    ),
  },
  clipboard: {
    name: text('Clipboard', 'Presse-papiers'),
    means: text(
      'Copying goes by an older way, without formatting.',
      'La copie passe par une voie plus ancienne, sans mise en forme.',
    ),
  },
  secure: {
    name: same('https'),
    means: text(
      'The page was not opened over https: the browser withholds offline use and the clipboard.',
      'La page n’est pas ouverte en https : le navigateur refuse l’usage hors ligne et le presse-papiers.',
    ),
  },
} as const;
export type Mode = keyof typeof modeTexts;
