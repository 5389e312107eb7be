/** Users of the report who stand in no listing of registered phones: with issues and without are two rules. */
import { expected, isFresh, listedIndex, listingsOf } from './listings';
import type { CannotTell, Grounds, Hit } from './rule';
import { capped, emailOf, noLicense, someOf, userAt, usersOf } from './users';

const mostHits = 100;

export function findAbsent(grounds: Grounds, withIssues: boolean): readonly (Hit | CannotTell)[] {
  const { evidence, facts } = grounds;
  const listings = listingsOf(grounds);
  const usable = listings.filter((listing) => isFresh(grounds, listing));
  if (usable.length === 0) return [{ subject: '', missing: ['art.mivb.registrar', 'art.sbc.subs'] }];
  const whole = usable.filter(({ complete }) => complete);
  const people = expected(evidence);
  if (people.length === 0) return [{ subject: '', missing: ['art.ucr'] }];
  if (whole.length === 0) {
    return usable.map(({ artifact }) => ({
      subject: evidence.artifacts[artifact]!.path,
      missing: ['listingComplete'],
    }));
  }
  const index = listedIndex(evidence, usable);
  const users = usersOf(evidence);
  const undated = whole.every(({ time }) => !Number.isFinite(time));
  const guessed = whole.every((listing) => listing.guessed);
  const hits = people.flatMap(({ row, number }): Hit[] => {
    const codes = users.codesOf(row);
    if (codes.length > 0 !== withIssues || index.find(number).rows.length > 0) return [];
    const email = emailOf(evidence, row);
    return [
      {
        subject: email,
        also: [number],
        at: [userAt(evidence, row), { artifact: whole[0]!.artifact, offset: 0, length: 0 }],
        ...(facts.pbx?.value === 'os4k' ? { severity: 'note' } : {}),
        ...(undated || guessed ? { confidence: 'likely' } : {}),
        values: {
          email,
          number,
          issues: someOf(codes.includes(noLicense) ? [noLicense] : codes),
          listing: someOf(whole.map(({ artifact }) => evidence.artifacts[artifact]!.path)),
        },
      },
    ];
  });
  return capped(hits, mostHits);
}
