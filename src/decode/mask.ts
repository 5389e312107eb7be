/**
 * The shape of a message: what is left when its numbers, ids and addresses are taken out. Lines of one cause share it.
 *
 *   dial tcp 10.1.2.3:443: i/o timeout after 30s   →   dial tcp <ip>: i/o timeout after <n>s
 */
const time = String.raw`(\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?![\w:]))`;
const uuid = String.raw`([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})`;
const email = String.raw`([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})`;
const ipv6 = String.raw`\[?(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,7}\]?(?::\d{1,5})?(?![\w:])`;
const ipv4 = String.raw`\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5})?`;
const hex = String.raw`(0x[0-9a-f]{1,16}|(?=[0-9a-f]{0,31}\d)(?=\d{0,31}[a-f])[0-9a-f]{8,128})`;
const number = String.raw`\d{1,20}(?:\.\d{1,20})?`;
const parts = new RegExp([time, uuid, email, `(${ipv6}|${ipv4})`, hex, number].join('|'), 'gi');
/** Most messages: no `@`, and fewer than two `:`, so neither an e-mail address nor a time nor IPv6 can stand there. */
const plainParts = new RegExp([`()${uuid}`, `()(${ipv4})`, hex, number].join('|'), 'gi');
const needsAll = /@|:.*:/s;
export const longestShape = 300;

export function shapeOf(message: string): string {
  const head = message.slice(0, longestShape);
  const shape = head.replace(
    needsAll.test(head) ? parts : plainParts,
    (_, time?: string, uuid?: string, email?: string, address?: string, hex?: string) =>
      time ? '<time>' : uuid ? '<id>' : email ? '<email>' : address ? '<ip>' : hex ? '<hex>' : '<n>',
  );
  return (/\s\s|[^\S ]/.test(shape) ? shape.replace(/\s+/g, ' ') : shape).trim();
}
