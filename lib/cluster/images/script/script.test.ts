import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../base';
import type { Image, ProcessEnv, Turn } from '../../seams';
import { findImage } from '../find-image';

const NOW = 1_795_474_525_000;

function imageOf(reference: string): Image {
  const found = findImage(reference, 'catalogue');
  if ('error' in found) throw new Error(found.message);
  return found.image;
}

interface Played {
  readonly log: readonly string[];
  readonly exitCode: number | undefined;
  /** Seconds from the start at which it woke. */
  readonly woke: readonly number[];
  readonly files: Readonly<Record<string, string>>;
  readonly last: Turn;
}

/** Runs a script to its end or through `turns` waits; what it writes is there in its next turns. */
function play(
  script: string,
  options: { reference?: string; shell?: string; turns?: number; env?: Partial<ProcessEnv> } = {},
): Played {
  const { reference = 'busybox', shell = 'sh', turns = 12 } = options;
  const image = imageOf(reference);
  const files: Record<string, string> = { '/etc/conf/a': '1\n2\n3\n', ...image.files };
  let env: ProcessEnv = {
    now: NOW,
    random: createRandom(1),
    hostname: 'pod-1',
    podIP: '10.244.1.2',
    namespace: 'default',
    podName: 'pod-1',
    image: reference,
    argv: [shell, '-c', script],
    env: { PATH: '/bin', GREETING: 'hello world', HOSTNAME: 'pod-1' },
    ports: [],
    readFile: (path) => files[path],
    listFiles: (directory) => Object.keys(files).filter((path) => path.startsWith(`${directory}/`)),
    readOnly: (path) => path.startsWith('/etc/conf'),
    lookup: (name) => ({
      outcome: { addresses: name.includes('nope') ? [] : ['10.96.0.7'], latencyMs: 1 },
      trace: [],
    }),
    ping: () => ({ answered: true, latencyMs: 1 }),
    send: (_host, port) => ({
      outcome:
        port === 80
          ? {
              kind: 'delivered',
              reply: { kind: 'http', status: 200, reason: 'OK', headers: [], body: 'page\n' },
              server: { ip: '10.96.0.7', port },
              sourceSeen: '',
              latencyMs: 2,
            }
          : { kind: 'refused', latencyMs: 1 },
      trace: [],
    }),
    ...options.env,
  };
  const log: string[] = [];
  const woke: number[] = [];
  const take = (turn: Turn): Turn => {
    log.push(...(turn.log ?? []));
    for (const [path, text] of Object.entries(turn.files ?? {}))
      if (text === null) delete files[path];
      else files[path] = text;
    return turn;
  };
  let turn = take(image.start(env));
  for (let count = 0; count < turns && turn.exitCode === undefined && turn.wakeAt !== undefined; count += 1) {
    woke.push((turn.wakeAt - NOW) / 1000);
    env = { ...env, now: turn.wakeAt };
    turn = take(image.turn(JSON.parse(JSON.stringify(turn.state)), env));
  }
  return { log, exitCode: turn.exitCode, woke, files, last: turn };
}

describe('[I4] a script', () => {
  it.each<[script: string, log: readonly string[], exitCode: number | undefined]>([
    ['echo hi', ['hi'], 0],
    ['echo a; false; echo $?', ['a', '1'], 0],
    ['exec true', [], 0],
    ['exec false', [], 1],
    ['exec test 2 -lt 1', [], 1],
    ['exec pwd', ['/'], 0],
    ['false && echo no || echo yes', ['yes'], 0],
    ['exit 3', [], 3],
    ['nope', ['sh: nope: not found'], 127],
    ['for i in 1 2 3; do echo $i; done', ['1', '2', '3'], 0],
    ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo "n $i"; done', ['n 1', 'n 2', 'n 3'], 0],
    ['if test -f /nope; then echo a; elif true; then echo b; else echo c; fi', ['b'], 0],
    ['echo "on $(hostname)" > /tmp/x; cat /tmp/x', ['on pod-1'], 0],
    ['echo one # two', ['one'], 0],
    ['while true; do echo x; break; done; echo y', ['x', 'y'], 0],
    [
      'for i in 1 2 3; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done',
      ['1a', '2a', '3a'],
      0,
    ],
    ['! false && echo ok', ['ok'], 0],
    ['(echo a; echo b) | grep a', ['a'], 0],
    ['seq 3 | while read n; do echo "<$n>"; done', ['<1>', '<2>', '<3>'], 0],
    ['printf "b\\na\\n" | sort | head -n 1', ['a'], 0],
    ['echo a,b,c | cut -d, -f2 | tr a-z A-Z', ['B'], 0],
    ['echo "a b  c" | awk \'{print NF ":" $2}\'', ['3:b'], 0],
    ['echo hello | sed "s/l/L/g"', ['heLLo'], 0],
    ['f() { echo "in $1"; return 4; }; f x; echo $?', ['in x', '4'], 0],
    ['f() { local v=1; echo $v; }; v=0; f; echo $v', ['1', '0'], 0],
    ['case abc in a*) echo starts;; *) echo other;; esac', ['starts'], 0],
    ['x=${UNSET:-fallback}; echo $x ${x#fall} ${x%back} ${#x}', ['fallback back fall 8'], 0],
    ['set -- a "b c"; for w in "$@"; do echo "[$w]"; done; echo $#', ['[a]', '[b c]', '2'], 0],
    ['echo $GREETING; echo "$GREETING"', ['hello world', 'hello world'], 0],
    ['cat <<E\nI am $(hostname)\nE', ['I am pod-1'], 0],
    ['set -e; false; echo no', [], 1],
    ['set -e; if false; then :; fi; false || true; echo yes', ['yes'], 0],
    ['(exit 5); echo $?', ['5'], 0],
    ['x=$(echo a; exit 7); echo $x $?', ['a 7'], 0],
    ['x=1; (x=2); echo $x', ['1'], 0],
    ['mkdir -p /data/d && echo v > /data/d/f && ls /data/d && rm -r /data/d && ls /data', ['f'], 0],
    ['echo x > /etc/conf/b; echo $?', ["sh: can't create /etc/conf/b: Read-only file system", '1'], 0],
    ['echo x > /nowhere/b', ["sh: can't create /nowhere/b: nonexistent directory"], 1],
    ['while read l; do echo "$l"; done < /etc/conf/a', ['1', '2', '3'], 0],
    ['echo out; echo err >&2; echo gone >/dev/null 2>&1', ['out', 'err'], 0],
    ['ls /etc/conf/* | wc -l', ['1'], 0],
    ['eval "y=5"; echo $y', ['5'], 0],
    ['trap "echo bye" EXIT; echo hi', ['hi', 'bye'], 0],
    ['sh -c \'echo "$0 $1"; exit 2\' a b; echo $?', ['sh b', '2'], 0],
    ['[ -n "" ] || echo empty; [ 1 -lt 2 -a -d /tmp ] && echo both', ['empty', 'both'], 0],
    ['wget -qO- http://web', ['page'], 0],
    ['curl -s web', ['sh: curl: not found'], 127],
    [
      'wget -q web:81 -O /dev/null',
      ["wget: can't connect to remote host (10.96.0.7): Connection refused"],
      1,
    ],
    ['wget -q -O- http://nope', ["wget: bad address 'nope'"], 1],
    ['nc -z web 80 && echo open; nc -zv web 81', ['open', 'nc: web (10.96.0.7:81): Connection refused'], 1],
    ['echo "unclosed', ['sh: syntax error: unterminated quoted string'], 2],
    ['if true; then echo', ['sh: syntax error: unexpected end of file (expecting "fi")'], 2],
    ['while true; do echo x', ['sh: syntax error: unexpected end of file (expecting "done")'], 2],
    ['echo $((2 * (3 + 4))) $((7 % 3))', ['14 1'], 0],
    ['printf "%s-%02d\\n" a 7', ['a-07'], 0],
    ['command -v wget; command -v curl || echo none', ['/bin/wget', 'none'], 0],
    ['echo "$(echo "nested $(echo deep)")"', ['nested deep'], 0],
  ])('%s', (script, log, exitCode) => {
    const played = play(script);
    expect(played.log).toEqual(log);
    expect(played.exitCode).toBe(exitCode);
  });

  it.each<[name: string, reference: string, shell: string, script: string, log: readonly string[]]>([
    ['bash', 'nginx', 'bash', 'nope', ['bash: line 1: nope: command not found']],
    ['dash', 'nginx', 'sh', 'nope', ['sh: 1: nope: not found']],
    [
      'bash',
      'debian',
      'bash',
      'for i in {1..3}; do [[ $i == 2 ]] && echo two; done; ((3 > 2)) && echo yes',
      ['two', 'yes'],
    ],
    ['bash', 'debian', 'bash', 'for ((i=0; i<2; i++)); do echo $i; done', ['0', '1']],
  ])('speaks as %s of %s does', (_name, reference, shell, script, log) => {
    expect(play(script, { reference, shell }).log).toEqual(log);
  });

  it('waits at a sleep and goes on later, also within a pipe and a substitution', () => {
    expect(play('echo a; sleep 5; x=$(sleep 60; echo b); echo $x | cat')).toMatchObject({
      log: ['a', 'b'],
      woke: [5, 65],
      exitCode: 0,
    });
  });

  it('shows what a loop writes into a filter as it goes', () => {
    const { log, files } = play('while true; do echo tick; sleep 1; done | tee /tmp/log | cat', { turns: 3 });
    expect(log).toEqual([]);
    expect(files['/tmp/log']).toBeUndefined();
    const one = play('while true; do echo tick; sleep 1; done | tee /tmp/log', { turns: 3 });
    expect(one.log).toEqual(['tick', 'tick', 'tick', 'tick']);
    expect(one.files['/tmp/log']).toBe('tick\ntick\ntick\ntick\n');
  });

  it('runs jobs beside itself and waits for them', () => {
    const { log, woke, exitCode } = play('(sleep 2; echo later; exit 3) & echo now; wait $!; echo $?');
    expect([log, woke, exitCode]).toEqual([['now', 'later', '3'], [2], 0]);
  });

  it('follows a file that grows', () => {
    const { log } = play(
      '(for i in 1 2; do sleep 2; echo line $i >> /tmp/l; done) & touch /tmp/l; tail -f /tmp/l',
      { turns: 8 },
    );
    expect(log).toEqual(['line 1', 'line 2']);
  });

  it.each([['sleep infinity'], ['tail -f /dev/null'], ['while :; do sleep 3600; done']])(
    '%s never ends',
    (script) => {
      expect(play(script, { turns: 3 }).exitCode).toBeUndefined();
    },
  );

  it('without a script ends at once', () => {
    expect(
      imageOf('busybox').start({
        ...play('true').last,
        argv: ['sh'],
        env: {},
        now: NOW,
        ports: [],
        readFile: () => undefined,
        listFiles: () => [],
      } as unknown as ProcessEnv).exitCode,
    ).toBe(0);
  });

  it('[I5] a loop without a sleep yields', () => {
    const { woke } = play('while true; do true; done', { turns: 3 });
    expect(woke).toEqual([0.1, 0.2, 0.3]);
  });
});

describe('[I4] the stop signal', () => {
  it.each<[script: string, stop: object | undefined]>([
    ['sleep 3600', undefined],
    ['trap "exit 0" TERM; while :; do sleep 10; done', { exitCode: 0, takesMs: 10_000 }],
    ['trap "echo bye; exit 4" TERM; sleep 3600 & wait', { exitCode: 4, takesMs: 0, log: ['bye'] }],
  ])('%s', (script, stop) => {
    const image = imageOf('busybox');
    const { last } = play(script, { turns: 0 });
    const env = {
      now: NOW,
      random: createRandom(1),
      argv: ['sh', '-c', script],
      env: {},
      readFile: () => undefined,
      listFiles: () => [],
      readOnly: () => false,
    } as unknown as ProcessEnv;
    const stopped = image.stop(last.state, env);
    if (stop === undefined) expect(stopped).toBeUndefined();
    else expect(stopped).toMatchObject(stop);
  });
});
