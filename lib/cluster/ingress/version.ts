/** The release that an image's tag stands for. */
export function releaseOf(image: string): string {
  return /:(v\d+\.\d+\.\d+)/.exec(image)?.[1] ?? 'v1.15.1';
}

/** What the controller prints before anything else. */
export function banner(image: string): readonly string[] {
  const line = '-'.repeat(79);
  return [
    line,
    'NGINX Ingress controller',
    `  Release:       ${releaseOf(image)}`,
    '  Build:         f5d0d3bd3d4a0ce6dc4a2a3b4e5a8d8d0e6b6d1a',
    '  Repository:    https://github.com/kubernetes/ingress-nginx',
    '  nginx version: nginx/1.27.1',
    '',
    line,
    '',
  ];
}
