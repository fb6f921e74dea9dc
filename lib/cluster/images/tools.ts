const COREUTILS =
  '[ cat cp chmod cut date dd df dirname du echo env expr false head hostname id ln ls md5sum mkdir mktemp mv nproc od printenv printf pwd readlink realpath rm rmdir seq sha256sum sleep sort stat tail tee test timeout touch tr true tty uname uniq wc whoami yes'.split(
    ' ',
  );

/** What Debian's base image has on PATH, as far as people use it. */
export const DEBIAN_TOOLS: readonly string[] = [
  ...COREUTILS,
  ...'bash sh awk egrep fgrep find grep gzip sed tar xargs getent dpkg apt-get'.split(' '),
];

/** What busybox brings as applets. */
export const BUSYBOX_TOOLS: readonly string[] = [
  ...COREUTILS,
  ...'sh ash awk egrep fgrep find grep gzip sed tar xargs vi ps top kill ping nc nslookup telnet traceroute wget netstat ifconfig ip route arping httpd clear less more which free uptime watch'.split(
    ' ',
  ),
];

/** Alpine: busybox, getent and apk. */
export const ALPINE_TOOLS: readonly string[] = [
  ...BUSYBOX_TOOLS.filter((tool) => tool !== 'httpd' && tool !== 'telnet'),
  'getent',
  'apk',
];

/** What the images of pure Go programs have: nothing. */
export const NO_TOOLS: readonly string[] = [];
