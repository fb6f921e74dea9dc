const NEWEST: Readonly<Record<string, string>> = {
  '5': '5.7.44',
  '5.6': '5.6.51',
  '5.7': '5.7.44',
  '8': '8.4.7',
  '8.0': '8.0.44',
  '8.4': '8.4.7',
  '9': '9.5.0',
  lts: '8.4.7',
};

/** The version that an image's tag stands for. */
export function mysqlVersion(image: string): string {
  const tag = /:([\w.-]+)$/.exec(image)?.[1] ?? 'latest';
  const number = /^\d+(?:\.\d+){0,2}/.exec(tag)?.[0] ?? tag;
  return /^\d+\.\d+\.\d+$/.test(number) ? number : (NEWEST[number] ?? '9.5.0');
}

/** Whether it is older than 8. */
export const isOld = (version: string): boolean => Number.parseInt(version, 10) < 8;
