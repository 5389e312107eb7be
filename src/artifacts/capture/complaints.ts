import type { ProblemCode } from '../../evidence/problem-codes';
import type { Sink } from '../kind';

const maxPerCode = 100;

/** Reports problems of hostile input: the first hundred of a code one by one, the rest as a number at the end. */
export interface Complaints {
  add(code: ProblemCode, offset: number, detail?: string): void;
  end(): void;
}

export function createComplaints(sink: Sink): Complaints {
  const counts = new Map<ProblemCode, number>();
  return {
    add(code, offset, detail) {
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      if (count <= maxPerCode) sink.problem(code, offset, detail);
    },
    end() {
      for (const [code, count] of counts) {
        if (count > maxPerCode)
          sink.problem('limit-reached', 0, `${code}: ${String(count)} ×, ${String(maxPerCode)} listed`);
      }
    },
  };
}
