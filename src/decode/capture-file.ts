import type { Frame } from './layer';

/** Reads a capture file of any chunking and hands every packet to its sink. */
export interface CaptureReader {
  push(chunk: Uint8Array): void;
  end(): void;
}

export interface CaptureSink {
  /** A packet: `at`..`end` is what was captured. The frame is lent until the call returns. */
  frame(frame: Frame): void;
  /** A record that takes a frame number and is no packet, or one too long to be read. */
  other(): void;
  /** A link type of the file, `offset` says where it is written. */
  link(type: number, offset: number): void;
  /** A damaged record; nothing after it could be read. */
  corrupt(offset: number, detail: string): void;
  /** Damaged bytes, behind which records go on. */
  skipped?(offset: number, bytes: number): void;
  /** So many more packets were seen and not captured, says the file at `offset`. */
  dropped?(offset: number, packets: number): void;
  /** What somebody wrote beside a packet, as its layers were read, or beside the capture. */
  comment?(text: string, offset: number, frame?: Frame): void;
  /** How a host is called, says the file. */
  name?(address: string, name: string, offset: number): void;
  /** Secrets of TLS lie in the file; they are not read. */
  secrets?(offset: number): void;
  /** The file ends within the record at `offset`. */
  truncated(offset: number): void;
}

export type CaptureForm = 'pcap' | 'pcapng' | 'snoop';

/** Tells a capture by its magic number. */
export function captureForm(head: Uint8Array): CaptureForm | undefined {
  if (head.length < 4) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const magic = view.getUint32(0);
  switch (magic) {
    case 0xa1b2c3d4:
    case 0xd4c3b2a1:
    case 0xa1b23c4d:
    case 0x4d3cb2a1:
    case 0xa1b2cd34:
    case 0x34cdb2a1:
      return 'pcap';
    case 0x736e6f6f:
      return head.length >= 8 && view.getUint32(4) === 0x70000000 ? 'snoop' : undefined;
    case 0x0a0d0d0a: {
      if (head.length < 12) return undefined;
      const order = view.getUint32(8);
      return order === 0x1a2b3c4d || order === 0x4d3c2b1a ? 'pcapng' : undefined;
    }
    default:
      return undefined;
  }
}
