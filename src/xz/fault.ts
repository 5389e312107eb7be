/** Our problem codes, those that an .xz file may lead to. */
export type ProblemCode = 'truncated-archive' | 'corrupt-archive' | 'unsupported-archive' | 'trailing-bytes';

export interface XzFault {
  readonly code: ProblemCode;
  /** Of the compressed file: its length where it is cut, else the first byte of what is wrong. */
  readonly offset: number;
  /** A technical remainder, the same in both languages. */
  readonly detail: string;
}
