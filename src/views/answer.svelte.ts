/**
 * The latest answer to a question whose parts may change: asked again when what it reads changes. The answer of before
 * stays until the new one is here; an answer to an old question that comes late is dropped.
 */
export interface Answer<Result> {
  readonly value: Result | undefined;
  readonly pending: boolean;
}

export function answerTo<Result>(question: () => Promise<Result> | undefined): Answer<Result> {
  let value = $state.raw<Result>();
  let pending = $state(false);
  $effect(() => {
    const asked = question();
    let dropped = false;
    pending = asked !== undefined;
    if (!asked) value = undefined;
    else {
      asked.then(
        (result) => {
          if (dropped) return;
          value = result;
          pending = false;
        },
        () => {
          // the analysis worker is gone; it is restarted and the next revision asks again
          if (!dropped) pending = false;
        },
      );
    }
    return () => {
      dropped = true;
    };
  });
  return {
    get value() {
      return value;
    },
    get pending() {
      return pending;
    },
  };
}
