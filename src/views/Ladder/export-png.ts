/** The drawing as pictures, twice as fine as on the screen. What is too high for one picture goes into several. */
import type { Ladder } from '../../analysis/desk';
import { svgLadder } from './export-svg';
import type { Row } from './rows';

const fineness = 2;
/** px; browsers refuse canvases higher than 16 384. */
const highest = 7000;
const mostPages = 20;

/** Rows by picture. Pure, for tests. */
export function pagesOf(rows: readonly Row[]): (readonly Row[])[] {
  const pages: Row[][] = [];
  let top = 0;
  for (const row of rows) {
    const page = pages.at(-1);
    if (page && row.y + row.height - top <= highest) page.push(row);
    else {
      if (pages.length === mostPages) break;
      top = row.y;
      pages.push([row]);
    }
  }
  return pages;
}

export async function pngLadder(ladder: Ladder, rows: readonly Row[], title: string): Promise<Blob[]> {
  const pictures: Blob[] = [];
  for (const page of pagesOf(rows)) pictures.push(await picture(svgLadder(ladder, page, title)));
  return pictures;
}

async function picture(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * fineness;
    canvas.height = image.naturalHeight * fineness;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
