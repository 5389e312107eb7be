/** Attachment: takes the focus when it appears, with its text selected. For a field that the reader just asked for. */
export function takeFocus(field: HTMLInputElement): void {
  field.focus();
  field.select();
}
