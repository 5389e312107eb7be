/**
 * STUN (RFC 8489 §5) as ICE (RFC 8445) and TURN (RFC 8656) use it: `type(2) length(2) 21 12 a4 42 transaction(12)`, then
 * attributes `type(2) length(2) value`, padded to 4 bytes.
 */
export interface Stun {
  /** 1 = Binding, 3 = Allocate, 4 = Refresh, 8 = CreatePermission, 9 = ChannelBind. */
  method: number;
  kind: 'request' | 'indication' | 'success' | 'error';
  /** ERROR-CODE (§14.8), 0 = none. */
  error: number;
  /** An ICE check carries USERNAME and PRIORITY (RFC 8445 §7.1.1). */
  isCheck: boolean;
  /** USE-CANDIDATE. */
  nominates: boolean;
}

const kinds = ['request', 'indication', 'success', 'error'] as const;
const attribute = { username: 0x0006, error: 0x0009, priority: 0x0024, nominate: 0x0025 } as const;
const maxAttributes = 64;

export const isStun = (view: DataView, at: number, end: number): boolean =>
  end - at >= 20 &&
  view.getUint8(at) < 64 &&
  view.getUint32(at + 4) === 0x2112a442 &&
  view.getUint16(at + 2) % 4 === 0 &&
  view.getUint16(at + 2) <= end - at - 20;

/** Of bytes that `isStun` took. */
export function readStun(view: DataView, at: number): Stun {
  const type = view.getUint16(at);
  const end = at + 20 + view.getUint16(at + 2);
  const stun: Stun = {
    method: (type & 0xf) | ((type & 0xe0) >> 1) | ((type & 0x3e00) >> 2),
    kind: kinds[((type >> 4) & 1) | ((type >> 7) & 2)]!,
    error: 0,
    isCheck: false,
    nominates: false,
  };
  let place = at + 20;
  for (let n = 0; n < maxAttributes && place + 4 <= end; n++) {
    const name = view.getUint16(place);
    const length = view.getUint16(place + 2);
    if (name === attribute.priority) stun.isCheck = true;
    else if (name === attribute.nominate) stun.nominates = true;
    else if (name === attribute.error && length >= 4 && place + 8 <= end) {
      stun.error = (view.getUint8(place + 6) & 7) * 100 + (view.getUint8(place + 7) % 100);
    }
    place += 4 + ((length + 3) & ~3);
  }
  return stun;
}
