/** How many bytes a base 64 text stands for. */
export function base64Length(text: string): number {
  return Math.floor((text.replace(/[^A-Za-z0-9+/]/g, '').length * 3) / 4);
}
