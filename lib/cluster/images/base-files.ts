type Files = Readonly<Record<string, string>>;

const lines = (text: string): string => `${text.trim()}\n`;

/** Accounts that every base image has, as name:uid:gid:about:home:shell. */
const passwd = (accounts: string): string =>
  lines(accounts)
    .replace(/^([^:]+):/gm, '$1:x:')
    .replace(/ *\n */g, '\n');

/** Groups as "name:gid", and after a further colon their members. */
const group = (groups: string): string =>
  `${groups
    .trim()
    .split(/\s+/)
    .map((each) => {
      const [name, gid, members = ''] = each.split(':');
      return `${name}:x:${gid}:${members}`;
    })
    .join('\n')}\n`;

const BUSYBOX: Files = {
  '/etc/passwd': passwd(`
    root:0:0:root:/root:/bin/sh
    daemon:1:1:daemon:/usr/sbin:/bin/false
    bin:2:2:bin:/bin:/bin/false
    sys:3:3:sys:/dev:/bin/false
    sync:4:100:sync:/bin:/bin/sync
    mail:8:8:mail:/var/spool/mail:/bin/false
    www-data:33:33:www-data:/var/www:/bin/false
    operator:37:37:Operator:/var:/bin/false
    nobody:65534:65534:nobody:/home:/bin/false`),
  '/etc/group':
    group(`root:0 daemon:1 bin:2 sys:3 adm:4 tty:5 disk:6 lp:7 mail:8 kmem:9 wheel:10:root cdrom:11
    dialout:18 floppy:19 video:28 audio:29 tape:32 www-data:33 operator:37 utmp:43 plugdev:46 staff:50 lock:54
    netdev:82 users:100 nobody:65534`),
};

const ALPINE: Files = {
  '/etc/passwd': passwd(`
    root:0:0:root:/root:/bin/sh
    bin:1:1:bin:/bin:/sbin/nologin
    daemon:2:2:daemon:/sbin:/sbin/nologin
    lp:4:7:lp:/var/spool/lpd:/sbin/nologin
    sync:5:0:sync:/sbin:/bin/sync
    shutdown:6:0:shutdown:/sbin:/sbin/shutdown
    halt:7:0:halt:/sbin:/sbin/halt
    mail:8:12:mail:/var/mail:/sbin/nologin
    news:9:13:news:/usr/lib/news:/sbin/nologin
    uucp:10:14:uucp:/var/spool/uucppublic:/sbin/nologin
    cron:16:16:cron:/var/spool/cron:/sbin/nologin
    ftp:21:21::/var/lib/ftp:/sbin/nologin
    sshd:22:22:sshd:/dev/null:/sbin/nologin
    games:35:35:games:/usr/games:/sbin/nologin
    ntp:123:123:NTP:/var/empty:/sbin/nologin
    guest:405:100:guest:/dev/null:/sbin/nologin
    nobody:65534:65534:nobody:/:/sbin/nologin`),
  '/etc/group':
    group(`root:0:root bin:1:root,bin,daemon daemon:2:root,bin,daemon sys:3:root,bin adm:4:root,daemon
    tty:5 disk:6:root lp:7:lp kmem:9 wheel:10:root floppy:11:root mail:12:mail news:13:news uucp:14:uucp cron:16:cron
    audio:18 cdrom:19 dialout:20:root ftp:21 sshd:22 input:23 tape:26:root video:27:root netdev:28 kvm:34:kvm games:35
    shadow:42 www-data:82 users:100:games ntp:123 abuild:300 utmp:406 ping:999 nogroup:65533 nobody:65534`),
  '/etc/alpine-release': '3.22.2\n',
  '/etc/os-release': lines(`
NAME="Alpine Linux"
ID=alpine
VERSION_ID=3.22.2
PRETTY_NAME="Alpine Linux v3.22"
HOME_URL="https://alpinelinux.org/"
BUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"`),
};

const DEBIAN: Files = {
  '/etc/passwd': passwd(`
    root:0:0:root:/root:/bin/bash
    daemon:1:1:daemon:/usr/sbin:/usr/sbin/nologin
    bin:2:2:bin:/bin:/usr/sbin/nologin
    sys:3:3:sys:/dev:/usr/sbin/nologin
    sync:4:65534:sync:/bin:/bin/sync
    games:5:60:games:/usr/games:/usr/sbin/nologin
    man:6:12:man:/var/cache/man:/usr/sbin/nologin
    lp:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
    mail:8:8:mail:/var/mail:/usr/sbin/nologin
    news:9:9:news:/var/spool/news:/usr/sbin/nologin
    uucp:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
    proxy:13:13:proxy:/bin:/usr/sbin/nologin
    www-data:33:33:www-data:/var/www:/usr/sbin/nologin
    backup:34:34:backup:/var/backups:/usr/sbin/nologin
    list:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
    irc:39:39:ircd:/run/ircd:/usr/sbin/nologin
    _apt:42:65534::/nonexistent:/usr/sbin/nologin
    nobody:65534:65534:nobody:/nonexistent:/usr/sbin/nologin`),
  '/etc/group':
    group(`root:0 daemon:1 bin:2 sys:3 adm:4 tty:5 disk:6 lp:7 mail:8 news:9 uucp:10 man:12 proxy:13 kmem:15
    dialout:20 fax:21 voice:22 cdrom:24 floppy:25 tape:26 sudo:27 audio:29 dip:30 www-data:33 backup:34 operator:37
    list:38 irc:39 src:40 shadow:42 utmp:43 video:44 sasl:45 plugdev:46 staff:50 games:60 users:100 nogroup:65534`),
  '/etc/debian_version': '13.2\n',
  '/etc/os-release': lines(`
PRETTY_NAME="Debian GNU/Linux 13 (trixie)"
NAME="Debian GNU/Linux"
VERSION_ID="13"
VERSION="13 (trixie)"
VERSION_CODENAME=trixie
DEBIAN_VERSION_FULL=13.2
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"`),
};

/** The files that an image has of the system it is built on, told by its tools; those built on nothing have none. */
export function baseFiles(tools: readonly string[]): Files {
  if (tools.includes('dpkg')) return DEBIAN;
  if (!tools.includes('ash')) return {};
  return tools.includes('getent') ? ALPINE : BUSYBOX;
}
