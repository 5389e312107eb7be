/**
 * The shape of a message: what is left when its numbers, ids and addresses are taken out. Lines of one cause share it.
 *
 *   dial tcp 10.1.2.3:443: i/o timeout after 30s   →   dial tcp <ip>: i/o timeout after <n>s
 */
const parts =
  /(\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?![\w:]))|([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})|(\[?(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,7}\]?(?::\d{1,5})?(?![\w:])|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5})?)|(0x[0-9a-f]{1,16}|(?=[0-9a-f]{0,31}\d)(?=\d{0,31}[a-f])[0-9a-f]{8,128})|\d{1,20}(?:\.\d{1,20})?/gi;
export const longestShape = 300;

export function shapeOf(message: string): string {
  return message
    .slice(0, longestShape)
    .replace(parts, (_, time?: string, uuid?: string, email?: string, address?: string, hex?: string) =>
      time ? '<time>' : uuid ? '<id>' : email ? '<email>' : address ? '<ip>' : hex ? '<hex>' : '<n>',
    )
    .replace(/\s+/g, ' ')
    .trim();
}
