import { describe, expect, it } from 'vitest';
import { bench } from '../client-and-server.test-support';
import { redisProgram } from '../redis';
import { redisCli } from '.';

const home = (argv: readonly string[] = ['docker-entrypoint.sh', 'redis-server'], more: object = {}) =>
  bench({
    program: redisProgram,
    executable: redisCli('glibc'),
    argv,
    image: 'redis:8',
    port: 6379,
    ...more,
  });

/** What redis-cli shows for a line at its prompt. */
function shownFor(line: string, before: readonly string[] = []): string {
  const { type } = home();
  for (const each of before) type(['redis-cli'], each);
  const all = type(['redis-cli'], line);
  return all.slice(all.indexOf('\n') + 1, all.lastIndexOf('127.0.0.1:6379'));
}

describe('[I12] redis-cli', () => {
  it.each([
    ['PING', [], 'PONG\n'],
    ['ping hello', [], '"hello"\n'],
    ['SET a 1', [], 'OK\n'],
    ['GET a', [], '(nil)\n'],
    ['GET a', ['SET a "two words"'], '"two words"\n'],
    ['SET a 2 NX', ['SET a 1'], '(nil)\n'],
    ['SET a 2 GET', ['SET a 1'], '"1"\n'],
    ['SET a 1 EX 0', [], "(error) ERR invalid expire time in 'set' command\n"],
    ['SET a 1 FOO', [], '(error) ERR syntax error\n'],
    ['INCR n', ['SET n 41'], '(integer) 42\n'],
    ['INCR n', ['SET n x'], '(error) ERR value is not an integer or out of range\n'],
    ['INCRBYFLOAT n 0.5', ['SET n 1'], '"1.5"\n'],
    ['LPUSH n 1', ['SET n 1'], '(error) WRONGTYPE Operation against a key holding the wrong kind of value\n'],
    ['EXPIRE n 10', ['SET n 1'], '(integer) 1\n'],
    ['TTL n', ['SET n 1 EX 100'], '(integer) 100\n'],
    ['TTL n', ['SET n 1'], '(integer) -1\n'],
    ['TTL n', [], '(integer) -2\n'],
    ['LRANGE l 0 -1', ['RPUSH l a b', 'LPUSH l c'], '1) "c"\n2) "a"\n3) "b"\n'],
    ['LRANGE l 0 -1', [], '(empty array)\n'],
    ['LPOP l 2', ['RPUSH l a b c'], '1) "a"\n2) "b"\n'],
    ['HSET h a 1 b 2', [], '(integer) 2\n'],
    ['HGETALL h', ['HSET h a 1 b 2'], '1) "a"\n2) "1"\n3) "b"\n4) "2"\n'],
    ['HGET h c', ['HSET h a 1'], '(nil)\n'],
    ['SADD s a b a', [], '(integer) 2\n'],
    ['SINTER s t', ['SADD s a b', 'SADD t b c'], '1) "b"\n'],
    ['ZADD z 1 a 2 b', [], '(integer) 2\n'],
    ['ZRANGE z 0 -1 WITHSCORES', ['ZADD z 2 b 1.5 a'], '1) "a"\n2) "1.5"\n3) "b"\n4) "2"\n'],
    ['ZREVRANGE z 0 0', ['ZADD z 2 b 1.5 a'], '1) "b"\n'],
    ['KEYS u*', ['SET user 1', 'SET other 1'], '1) "user"\n'],
    ['SCAN 0', ['SET a 1'], '1) "0"\n2) 1) "a"\n'],
    ['TYPE l', ['RPUSH l a'], 'list\n'],
    ['DEL a b', ['SET a 1'], '(integer) 1\n'],
    ['RENAME a b', [], '(error) ERR no such key\n'],
    ['DBSIZE', ['SET a 1'], '(integer) 1\n'],
    ['CONFIG GET maxmemory*', [], '1) "maxmemory"\n2) "0"\n3) "maxmemory-policy"\n4) "noeviction"\n'],
    [
      'CONFIG SET nothing 1',
      [],
      "(error) ERR Unknown option or number of arguments for CONFIG SET - 'nothing'\n",
    ],
    ['GET', [], "(error) ERR wrong number of arguments for 'get' command\n"],
    ['foo bar', [], "(error) ERR unknown command 'foo', with args beginning with: 'bar' \n"],
    ['SELECT 99', [], '(error) ERR DB index is out of range\n'],
    ['EXEC', [], '(error) ERR EXEC without MULTI\n'],
    [
      'AUTH x',
      [],
      '(error) ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?\n',
    ],
    ['REPLICAOF NO ONE', [], 'OK\n'],
    ['SET é "a\\n"', [], 'OK\n'],
    ['GET é', ['SET é "ü\\n"'], '"\\xc3\\xbc\\n"\n'],
  ])('%s', (line, before, shown) => {
    expect(shownFor(line, before)).toBe(shown);
  });

  it('its prompt follows SELECT and MULTI', () => {
    expect(home().type(['redis-cli'], 'SELECT 1', 'MULTI', 'SET a 1', 'GET a', 'EXEC', 'QUIT')).toBe(
      '127.0.0.1:6379> SELECT 1\nOK\n127.0.0.1:6379[1]> MULTI\nOK\n127.0.0.1:6379[1](TX)> SET a 1\nQUEUED\n127.0.0.1:6379[1](TX)> GET a\nQUEUED\n127.0.0.1:6379[1](TX)> EXEC\n1) OK\n2) "1"\n127.0.0.1:6379[1]> QUIT\n[exit 0]',
    );
  });

  it.each([
    [
      ['redis-cli', '-p', '1'],
      'Could not connect to Redis at 127.0.0.1:1: Connection refused\nnot connected> ',
    ],
    [
      ['redis-cli', '-p', '1', 'PING'],
      'Could not connect to Redis at 127.0.0.1:1: Connection refused\n[exit 1]',
    ],
    [
      ['redis-cli', '-h', 'nowhere', 'PING'],
      'Could not connect to Redis at nowhere:6379: Name or service not known\n[exit 1]',
    ],
    [['redis-cli', '--frob'], "Unrecognized option or bad number of args for: '--frob'\n[exit 1]"],
  ])('%j', (argv, shown) => {
    expect(home().type(argv)).toBe(shown);
  });

  it('writes bare texts where nobody looks', () => {
    const { type } = home(undefined, { piped: true });
    expect(type(['redis-cli', 'RPUSH', 'l', 'a', 'b'])).toBe('2\n[exit 0]');
    expect(type(['redis-cli', 'LRANGE', 'l', '0', '-1'])).toBe('a\nb\n[exit 0]');
    expect(type(['redis-cli', 'GET', 'nothing'])).toBe('\n[exit 0]');
    expect(type(['redis-cli', 'FOO'])).toBe(
      "ERR unknown command 'FOO', with args beginning with: \n\n[exit 0]",
    );
    expect(type(['redis-cli', '-x', 'SET', 'k'], 'from a pipe')).toBe('OK\n[exit 0]');
    expect(type(['redis-cli'], 'GET k')).toBe('from a pipe\n\n[exit 0]');
  });
});

describe('[I13] redis-server', () => {
  it('asks for its password', () => {
    const { type } = home(['docker-entrypoint.sh', 'redis-server', '--requirepass', 'secret']);
    expect(type(['redis-cli'], 'GET a', 'AUTH wrong', 'AUTH secret', 'GET a')).toBe(
      '127.0.0.1:6379> GET a\n(error) NOAUTH Authentication required.\n127.0.0.1:6379> AUTH wrong\n(error) WRONGPASS invalid username-password pair or user is disabled.\n127.0.0.1:6379> AUTH secret\nOK\n127.0.0.1:6379> GET a\n(nil)\n127.0.0.1:6379> ',
    );
    expect(type(['redis-cli', '-a', 'secret', 'PING'])).toBe(
      "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\nPONG\n[exit 0]",
    );
  });

  it('is started by its image for options alone', () => {
    const { type } = home(['docker-entrypoint.sh', '--requirepass', 'secret']);
    expect(type(['redis-cli', 'GET', 'a'])).toBe('(error) NOAUTH Authentication required.\n[exit 0]');
  });

  it('saves when it is told to stop, and reads it back; a key that is past its time is gone', () => {
    const home1 = home();
    home1.type(['redis-cli'], 'SET kept 1', 'SET brief 1 EX 60');
    expect(home1.files['/data/dump.rdb']).toBeUndefined();
    home1.restart();
    expect(home1.files['/data/dump.rdb']).toMatch(/^REDIS/);
    home1.pass(61_000);
    expect(home1.type(['redis-cli', 'KEYS', '*'])).toBe('1) "kept"\n[exit 0]');
    expect(home1.logs().join('\n')).toContain('Saving the final RDB snapshot before exiting.');
  });

  it('saves by its rules, and with the append-only file at once', () => {
    const slow = home();
    slow.type(['redis-cli', 'SET', 'a', '1']);
    slow.pass(3_599_000);
    expect(slow.files['/data/dump.rdb']).toBeUndefined();
    slow.pass(2000);
    expect(slow.files['/data/dump.rdb']).toBeDefined();
    const sure = home(['docker-entrypoint.sh', 'redis-server', '--appendonly', 'yes']);
    sure.type(['redis-cli', 'SET', 'a', '1']);
    expect(Object.keys(sure.files)).toEqual(['/data/appendonlydir/appendonly.aof.1.incr.aof']);
  });

  it.each([
    [{ '/redis.conf': 'port 6380\nmaxmemory 100mb\n' }, undefined],
    [{ '/redis.conf': 'frob yes\n' }, 1],
    [{}, 1],
  ])('reads its file %j', (files, exitCode) => {
    const server = home(['docker-entrypoint.sh', 'redis-server', '/redis.conf'], { files });
    expect(server.exitCode).toBe(exitCode);
    if (!('/redis.conf' in files))
      expect(server.logs()).toEqual([
        "Fatal error, can't open config file '/redis.conf': No such file or directory",
      ]);
  });

  it('answers what is typed by hand, and what clients write', () => {
    const env = {
      now: 0,
      random: { next: () => 0 },
      image: 'redis',
      argv: ['redis-server'],
      readFile: () => undefined,
    } as never;
    const { state } = redisProgram.start(env);
    const answer = (text: string) =>
      redisProgram.serve(
        state,
        { request: { kind: 'bytes', text }, port: 6379, sourceIP: '1', protocol: 'TCP' },
        env,
      ).reply;
    expect(answer('PING\r\nSET a 1\r\nGET a\r\n')).toEqual({
      kind: 'bytes',
      text: '+PONG\r\n+OK\r\n$1\r\n1\r\n',
    });
    expect(answer('*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n')).toEqual({ kind: 'bytes', text: '$2\r\nhi\r\n' });
  });
});
