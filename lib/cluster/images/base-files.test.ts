import { describe, expect, it } from 'vitest';
import { findImage } from '.';

function filesOf(reference: string): Readonly<Record<string, string>> {
  const found = findImage(reference, 'catalogue');
  if ('error' in found) throw new Error(found.message);
  return found.image.files ?? {};
}

describe('files of the system that an image is built on', () => {
  it.each([
    ['busybox', 'root:x:0:0:root:/root:/bin/sh', 'wheel:x:10:root', undefined],
    [
      'alpine',
      'nobody:x:65534:65534:nobody:/:/sbin/nologin',
      'wheel:x:10:root',
      'PRETTY_NAME="Alpine Linux v3.22"',
    ],
    ['curlimages/curl', 'guest:x:405:100:guest:/dev/null:/sbin/nologin', 'nogroup:x:65533:', 'ID=alpine'],
    ['nginx', 'www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin', 'nogroup:x:65534:', 'VERSION_ID="13"'],
    ['nginx:alpine', 'ftp:x:21:21::/var/lib/ftp:/sbin/nologin', 'ping:x:999:', 'ID=alpine'],
  ])('%s', (reference, account, group, release) => {
    const files = filesOf(reference);
    expect(files['/etc/passwd']?.split('\n')).toContain(account);
    expect(files['/etc/group']?.split('\n')).toContain(group);
    const told = files['/etc/os-release']?.split('\n');
    if (release === undefined) expect(told).toBeUndefined();
    else expect(told).toContain(release);
  });

  it('are not in images of one program and nothing else', () => {
    expect(filesOf('traefik/whoami')).toEqual({});
  });
});
