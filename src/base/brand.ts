/** A nominal type over a primitive: `Brand<number, 'messages'>` is a row number that fits no other table. */
export type Brand<Value, Name extends string> = Value & { readonly __brand: Name };
