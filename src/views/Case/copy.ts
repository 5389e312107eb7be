/**
 * Copies text with its formatted form beside it, for mail and ticket systems. By the copy event: it needs neither the
 * clipboard API (absent without https) nor ClipboardItem (absent in Firefox before 127). False where it was refused.
 */
export function copyFormatted(html: string, plain: string): boolean {
  let taken = false;
  const give = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/html', html);
    event.clipboardData?.setData('text/plain', plain);
    event.preventDefault();
    event.stopPropagation();
    taken = event.clipboardData !== null;
  };
  document.addEventListener('copy', give, { capture: true, once: true });
  try {
    return document.execCommand('copy') && taken;
  } catch {
    return false;
  } finally {
    document.removeEventListener('copy', give, { capture: true });
  }
}
