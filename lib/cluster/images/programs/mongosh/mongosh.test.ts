import { inspect as nodeInspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { bench } from '../client-and-server.test-support';
import { mongodProgram } from '../mongo';
import { mongoShell } from '.';
import { inspect } from './inspect';
import { readSyntax } from './syntax';

/** One mongod, and a shell beside it. */
const home = (
  argv: readonly string[] = ['docker-entrypoint.sh', 'mongod'],
  image = 'mongo:latest',
  legacy = false,
) => bench({ program: mongodProgram, executable: mongoShell(legacy), argv, image, port: 27_017 });

describe('[I9] mongosh prints what Node’s inspect prints', () => {
  it.each([
    [{ a: 1 }],
    [{ acknowledged: true, insertedId: 'x'.repeat(60) }],
    [[{ i: 0 }, { i: 1 }]],
    [Array.from({ length: 20 }, (_, i) => ({ i }))],
    [Array.from({ length: 30 }, (_, i) => i * 37)],
    [Array.from({ length: 120 }, (_, i) => i)],
    [Array.from({ length: 9 }, (_, i) => 'word'.repeat(i % 3))],
    [{ deep: { er: { and: { deeper: { still: { more: { x: [1, { y: 2 }] } } } } } } }],
    [{ 'a-b': "it's", c: 'say "hi"', d: 'both \' and "', e: 'line\nbreak', 3: null, u: undefined }],
    [[]],
    [{}],
    [[[], {}, [[]]]],
    [{ list: ['a', 'b'], empty: [], o: {} }],
    [['text', 5]],
    [[-0, 1.5, true, null, undefined, 'x']],
    [{ members: [{ _id: 0, host: 'mongo-0.mongo-headless.default.svc.cluster.local:27017', votes: 1 }] }],
  ] as [unknown][])('%#', (value) => {
    expect(inspect(value)).toBe(nodeInspect(value, { depth: 6 }));
  });
});

describe('[I9] lines that cannot be read are refused in Babel’s words', () => {
  it.each([
    ['rs.initiate())', 'Missing semicolon. (1:13)\n\n> 1 | rs.initiate())\n    |              ^\n  2 |'],
    [
      'db.c.find({a: 1)',
      'Unexpected token, expected "," (1:15)\n\n> 1 | db.c.find({a: 1)\n    |                ^\n  2 |',
    ],
    [
      'x = {a: 1 b: 2}',
      'Unexpected token, expected "," (1:10)\n\n> 1 | x = {a: 1 b: 2}\n    |           ^\n  2 |',
    ],
    ['db..find()', 'Unexpected token (1:3)\n\n> 1 | db..find()\n    |    ^\n  2 |'],
    ['print("a', 'Unterminated string constant. (1:6)\n\n> 1 | print("a\n    |       ^\n  2 |'],
  ])('%s', (line, message) => {
    const parsed = readSyntax(`${line}\n`);
    expect(parsed.kind === 'wrong' ? parsed.error.message : parsed.kind).toBe(message);
  });

  it.each(['db.c.insertOne({', 'function f() {', 'if (true)', '[1,', '`text', 'rs.initiate('])(
    'asks for more after %s',
    (line) => {
      expect(readSyntax(`${line}\n`).kind).toBe('more');
    },
  );
});

describe('[I9] what lines print', () => {
  it.each([
    ['1 + 1', '2\n'],
    ['"text"', 'text\n'],
    ['undefined', ''],
    ['null', 'null\n'],
    ['[1, 2].map(x => x * 2)', '[ 2, 4 ]\n'],
    ['db', 'test\n'],
    ['db.people', 'test.people\n'],
    ['db.getName()', 'test\n'],
    ['nothing', 'ReferenceError: nothing is not defined\n'],
    ['db.people.fnd()', 'TypeError: db.people.fnd is not a function\n'],
    ['null.x', "TypeError: Cannot read properties of null (reading 'x')\n"],
    ['throw new Error("no")', 'Error: no\n'],
    ['use shop', 'switched to db shop\n'],
    ['use test', 'already on db test\n'],
    ['show nothing', '\'nothing\' is not a valid argument for "show".'],
    ['show dbs', 'admin   40.00 KiB\nconfig  12.00 KiB\nlocal   72.00 KiB\n'],
    ['db.people.find()', ''],
    ['db.people.findOne()', 'null\n'],
    ['db.people.countDocuments()', '0\n'],
    ['db.people.deleteMany({})', '{ acknowledged: true, deletedCount: 0 }\n'],
    ['db.people.deleteMany()', 'Missing required argument at position 0 (Collection.deleteMany)'],
    ['db.people.updateOne({a: 1}, {b: 2})', 'Update document requires atomic operators'],
    [
      'db.people.find({$foo: 1})',
      'MongoServerError[BadValue]: unknown top level operator: $foo. If you have',
    ],
    ['db.people.drop()', 'true\n'],
    ['db.runCommand({frob: 1})', "MongoServerError[CommandNotFound]: no such command: 'frob'\n"],
    ['db.adminCommand("ping").ok', '1\n'],
    ['rs.status()', 'MongoServerError[NoReplicationEnabled]: not running with --replSet\n'],
    [
      'rs.initiate()',
      'MongoServerError[NoReplicationEnabled]: This node was not started with replication enabled.\n',
    ],
    ['rs.conf()', 'MongoServerError[NoReplicationEnabled]: not running with --replSet\n'],
    ['new Date(0)', "ISODate('1970-01-01T00:00:00.000Z')\n"],
    ['ObjectId("65f000000000000000000001")', "ObjectId('65f000000000000000000001')\n"],
    ['JSON.stringify({a: [1, null]})', '{"a":[1,null]}\n'],
    ['printjson({a: 1})', '{ a: 1 }\n'],
    ['for (const i of [1, 2]) print(i)', '1\n2\n'],
    ['it', 'no cursor\n'],
  ])('%s', (line, shown) => {
    const printed = home()
      .type(['mongosh', '--quiet'], line)
      .slice('test> '.length + line.length + 1);
    const body = printed.slice(0, printed.lastIndexOf('> ')).replace(/[a-z]+$/, '');
    if (shown === '' || shown.endsWith('\n')) expect(body).toBe(shown);
    else expect(body).toContain(shown);
  });

  it('writes, reads back, and counts', () => {
    const { type } = home();
    const shown = type(
      ['mongosh', '--quiet'],
      'db.people.insertOne({_id: 1, name: "Ada"})',
      'db.people.insertOne({_id: 1})',
      'db.people.insertMany([{_id: 2, name: "Bob", age: 3}, {_id: 3}])',
      'db.people.updateOne({name: "Ada"}, {$set: {age: 36}, $push: {tags: "x"}})',
      'db.people.updateMany({}, {$inc: {age: 1}})',
      'db.people.updateOne({_id: 9}, {$set: {a: 1}}, {upsert: true})',
      'db.people.find({age: {$gt: 3}}).sort({age: -1}).limit(1)',
      'db.people.aggregate([{$group: {_id: null, sum: {$sum: "$age"}}}])',
      'db.people.findOneAndDelete({_id: 3})',
      'db.people.find({}, {name: 1}).toArray()',
      'show collections',
    );
    expect(shown).toBe(
      `test> db.people.insertOne({_id: 1, name: "Ada"})
{ acknowledged: true, insertedId: 1 }
test> db.people.insertOne({_id: 1})
MongoServerError: E11000 duplicate key error collection: test.people index: _id_ dup key: { _id: 1 }
test> db.people.insertMany([{_id: 2, name: "Bob", age: 3}, {_id: 3}])
{ acknowledged: true, insertedIds: { '0': 2, '1': 3 } }
test> db.people.updateOne({name: "Ada"}, {$set: {age: 36}, $push: {tags: "x"}})
{
  acknowledged: true,
  insertedId: null,
  matchedCount: 1,
  modifiedCount: 1,
  upsertedCount: 0
}
test> db.people.updateMany({}, {$inc: {age: 1}})
{
  acknowledged: true,
  insertedId: null,
  matchedCount: 3,
  modifiedCount: 3,
  upsertedCount: 0
}
test> db.people.updateOne({_id: 9}, {$set: {a: 1}}, {upsert: true})
{
  acknowledged: true,
  insertedId: 9,
  matchedCount: 0,
  modifiedCount: 0,
  upsertedCount: 1
}
test> db.people.find({age: {$gt: 3}}).sort({age: -1}).limit(1)
[ { _id: 1, name: 'Ada', age: 37, tags: [ 'x' ] } ]
test> db.people.aggregate([{$group: {_id: null, sum: {$sum: "$age"}}}])
[ { _id: null, sum: 42 } ]
test> db.people.findOneAndDelete({_id: 3})
{ _id: 3, age: 1 }
test> db.people.find({}, {name: 1}).toArray()
[ { _id: 1, name: 'Ada' }, { _id: 2, name: 'Bob' }, { _id: 9 } ]
test> show collections
people
test> `,
    );
  });

  it('keeps names, functions, cursors and the current database from line to line', () => {
    const shown = home().type(
      ['mongosh', '--quiet'],
      'use shop',
      'var rate = 2; const twice = n => n * rate; count = 4',
      'twice(count)',
      'for (let i = 0; i < 3; i++) {',
      '  db.items.insertOne({_id: i, d: ISODate("2026-01-05")})',
      '}',
      'c = db.items.find()',
      'c.next()._id',
      'c.next()._id',
      'db = db.getSiblingDB("other")',
    );
    expect(shown).toContain(
      "shop> c = db.items.find()\n[\n  { _id: 0, d: ISODate('2026-01-05T00:00:00.000Z') },\n",
    );
    expect(shown).toContain('shop> twice(count)\n8\n');
    expect(shown).toContain('shop> for (let i = 0; i < 3; i++) {\n...   db.items');
    expect(shown.endsWith('other> ')).toBe(true);
  });
});

describe('[I9] connecting', () => {
  it.each([
    [['mongosh', '--port', '9'], 'MongoNetworkError: connect ECONNREFUSED 127.0.0.1:9\n[exit 1]'],
    [['mongosh', '--host', 'nowhere'], 'MongoNetworkError: getaddrinfo ENOTFOUND nowhere\n[exit 1]'],
    [
      ['mongosh', 'mongodb://127.0.0.1/?replicaSet=rs0'],
      'MongoServerSelectionError: Server selection timed out after 2000 ms\n[exit 1]',
    ],
    [['mongosh', '--frobnicate'], 'Error parsing command line: unrecognized option: --frobnicate\n[exit 1]'],
    [['mongosh', '--quiet', '--eval', '1 + 1'], '2\n[exit 0]'],
    [
      ['mongosh', '--eval', 'db.runCommand({frob: 1})'],
      "MongoServerError: no such command: 'frob'\n[exit 1]",
    ],
    [['mongosh', '--quiet', 'shop', '--eval', 'db.getName()'], 'shop\n[exit 0]'],
  ])('%j', (argv, end) => {
    const shown = home().type(argv);
    expect(shown.slice(-end.length)).toBe(end);
  });

  it('the old shell has its own prompt and its own way to print', () => {
    const shown = home(undefined, 'mongo:4.4', true).type(
      ['mongo', '--quiet'],
      'db.people.insert({_id: 1, name: "Ada"})',
      'db.people.insert({_id: 1})',
      'db.people.insertOne({_id: 2, tags: ["a"]})',
      'db.people.find()',
      'db.people.findOne({_id: 2})',
      'rs.initiate()',
      'show dbs',
    );
    expect(shown).toBe(`> db.people.insert({_id: 1, name: "Ada"})
WriteResult({ "nInserted" : 1 })
> db.people.insert({_id: 1})
WriteResult({
\t"nInserted" : 0,
\t"writeError" : {
\t\t"code" : 11000,
\t\t"errmsg" : "E11000 duplicate key error collection: test.people index: _id_ dup key: { _id: 1 }"
\t}
})
> db.people.insertOne({_id: 2, tags: ["a"]})
{ "acknowledged" : true, "insertedId" : 2 }
> db.people.find()
{ "_id" : 1, "name" : "Ada" }
{ "_id" : 2, "tags" : [ "a" ] }
> db.people.findOne({_id: 2})
{ "_id" : 2, "tags" : [ "a" ] }
> rs.initiate()
{
\t"ok" : 0,
\t"errmsg" : "This node was not started with replication enabled.",
\t"code" : 76,
\t"codeName" : "NoReplicationEnabled"
}
> show dbs
admin   0.000GB
config  0.000GB
local   0.000GB
test    0.000GB
> `);
  });
});

describe('[I10] a replica set of one', () => {
  it('is primary within moments, and says so in the prompt', () => {
    const { type } = home(['mongod', '--replSet', 'rs0', '--bind_ip_all']);
    const shown = type(
      ['mongosh', '--quiet'],
      'db.x.insertOne({a: 1})',
      'rs.initiate()',
      'sleep(3000)',
      'db.x.insertOne({_id: 1})',
      'rs.status().ok',
    );
    expect(shown).toContain('MongoServerError[NotWritablePrimary]: not primary');
    expect(shown).toContain("info2: 'no configuration specified. Using a default configuration for the set'");
    expect(shown).toContain(
      'rs0 [direct: primary] test> db.x.insertOne({_id: 1})\n{ acknowledged: true, insertedId: 1 }',
    );
  });
});
