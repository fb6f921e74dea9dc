const LATEST = '1.29.4';
const STABLE = '1.28.1';

/** The version that an image's tag stands for. */
export function nginxVersion(image: string): string {
  const tag = /:([^:/@]+)/.exec(image.slice(image.lastIndexOf('/') + 1))?.[1] ?? 'latest';
  const number = /^\d+\.\d+(\.\d+)?/.exec(tag)?.[0];
  if (number === undefined) return tag.startsWith('stable') ? STABLE : LATEST;
  return number.split('.').length === 3 ? number : `${number}.0`;
}
