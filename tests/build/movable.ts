/**
 * Gives Node 20 what browsers since Chrome 114 and Firefox 122 have: an `ArrayBuffer` whose memory moves and which is
 * empty afterwards. Tables rely on it, and whoever looks at a column that was moved must fail here too.
 */
const prototype = ArrayBuffer.prototype as ArrayBuffer & { transfer?(bytes?: number): ArrayBuffer };
prototype.transfer ??= function (this: ArrayBuffer, bytes = this.byteLength) {
  const moved = structuredClone(this, { transfer: [this] });
  if (bytes === moved.byteLength) return moved;
  const resized = new Uint8Array(bytes);
  resized.set(new Uint8Array(moved, 0, Math.min(bytes, moved.byteLength)));
  return resized.buffer;
};
