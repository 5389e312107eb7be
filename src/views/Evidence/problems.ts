import { problemCodes, type ProblemCode } from '../../evidence/problem-codes';
import { same, type Text } from '../../text/text';

export { problemDetail } from '../../evidence/problem-codes';

/** A problem in words; a code that this version does not know stands as it is. */
export const problemText = (code: string): Text =>
  Object.hasOwn(problemCodes, code) ? problemCodes[code as ProblemCode] : same('{code}: {detail}');
