import { describe, expect, it } from 'vitest';
import { bench } from '../client-and-server.test-support';
import { mysqldProgram } from '../mysql';
import { mysqladmin, mysqlClient } from '.';

const ENV = {
  MYSQL_ROOT_PASSWORD: 'secret',
  MYSQL_DATABASE: 'shop',
  MYSQL_USER: 'app',
  MYSQL_PASSWORD: 'pw',
};

function home(more: object = {}, version = '8.0') {
  const made = bench({
    program: mysqldProgram,
    executable: mysqlClient,
    argv: ['docker-entrypoint.sh', 'mysqld'],
    image: `mysql:${version}`,
    port: 3306,
    env: { ...ENV, MYSQL_PWD: 'secret', MYSQL_VERSION: version === '5.7' ? '5.7.44-1' : '8.0.44-1' },
    ...more,
  });
  made.pass(9000);
  return made;
}

const SETUP =
  "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(10) NOT NULL, price DECIMAL(6,2) DEFAULT 1.5, kind ENUM('a','b')); INSERT INTO t (name, price) VALUES ('pen', 2), ('hat', 19.99), ('cup', NULL)";

/** What -e prints for statements after those of the set-up, as for a program. */
function printed(sql: string, version = '8.0'): string {
  const { type } = home({ piped: true }, version);
  expect(type(['mysql', 'shop', '-e', SETUP])).toBe('[exit 0]');
  return type(['mysql', 'shop', '-e', sql]).replace(/\[exit \d+\]$/, '');
}

describe('[I16] SQL', () => {
  it.each([
    [
      'SELECT 1+1, 7/2, 7 DIV 2, 7 % 4, 1.5*2, -3',
      '1+1\t7/2\t7 DIV 2\t7 % 4\t1.5*2\t-3\n2\t3.5000\t3\t3\t3.0\t-3\n',
    ],
    ['SELECT * FROM t WHERE price > 1', 'id\tname\tprice\tkind\n1\tpen\t2.00\tNULL\n2\that\t19.99\tNULL\n'],
    ['SELECT name AS n, price*2 twice FROM t ORDER BY price DESC LIMIT 1', 'n\ttwice\nhat\t39.98\n'],
    [
      'SELECT COUNT(*), COUNT(price), SUM(price), AVG(price), MIN(name) FROM t',
      'COUNT(*)\tCOUNT(price)\tSUM(price)\tAVG(price)\tMIN(name)\n3\t2\t21.99\t10.995000\tcup\n',
    ],
    ["SELECT COUNT(*) FROM t WHERE name = 'nobody'", 'COUNT(*)\n0\n'],
    ["SELECT name FROM t WHERE name LIKE '%a%' OR name IN ('CUP') ORDER BY 1", 'name\ncup\nhat\n'],
    ['SELECT name FROM t WHERE price IS NULL', 'name\ncup\n'],
    ['SELECT name FROM t WHERE price BETWEEN 1 AND 5 AND NOT id = 2', 'name\npen\n'],
    [
      "SELECT IF(price > 5, 'dear', 'cheap') AS c, COUNT(*) AS n FROM t GROUP BY c HAVING n > 1",
      'c\tn\ncheap\t2\n',
    ],
    ["SELECT CASE id WHEN 1 THEN 'one' ELSE 'more' END AS w FROM t LIMIT 2", 'w\none\nmore\n'],
    ["SELECT CONCAT(UPPER(name), '-', id) AS c FROM t LIMIT 1 OFFSET 1", 'c\nHAT-2\n'],
    [
      'SELECT NOW(), DATE_ADD(CURDATE(), INTERVAL 1 DAY)',
      'NOW()\tDATE_ADD(CURDATE(), INTERVAL 1 DAY)\n2026-01-05 09:00:09\t2026-01-06 00:00:00\n',
    ],
    [
      'SELECT a.name, b.name FROM t a LEFT JOIN t b ON b.id = a.id + 1 ORDER BY a.id DESC LIMIT 2',
      'name\tname\ncup\tNULL\nhat\tcup\n',
    ],
    ['SELECT name FROM t WHERE id = (SELECT MAX(id) FROM t)', 'name\ncup\n'],
    [
      "INSERT INTO t VALUES (NULL, 'x', DEFAULT, 'b'); SELECT * FROM t WHERE id = 4",
      'id\tname\tprice\tkind\n4\tx\t1.50\tb\n',
    ],
    ['UPDATE t SET price = price + 1 WHERE id < 3; SELECT price FROM t', 'price\n3.00\n20.99\nNULL\n'],
    ['DELETE FROM t WHERE id <> 2; SELECT name FROM t', 'name\nhat\n'],
    ["REPLACE INTO t (id, name) VALUES (1, 'new'); SELECT name FROM t ORDER BY id", 'name\nnew\nhat\ncup\n'],
    [
      "INSERT INTO t (id, name) VALUES (1, 'y') ON DUPLICATE KEY UPDATE name = VALUES(name); SELECT name FROM t WHERE id = 1",
      'name\ny\n',
    ],
    ['TRUNCATE t; SELECT * FROM t; SHOW TABLES', 'Tables_in_shop\nt\n'],
    [
      'ALTER TABLE t ADD COLUMN n INT DEFAULT 5, DROP COLUMN kind, RENAME TO u; SELECT * FROM u LIMIT 1',
      'id\tname\tprice\tn\n1\tpen\t2.00\t5\n',
    ],
    ['DROP TABLE t; SHOW TABLES', ''],
    [
      'DESCRIBE t',
      "Field\tType\tNull\tKey\tDefault\tExtra\nid\tint\tNO\tPRI\tNULL\tauto_increment\nname\tvarchar(10)\tNO\t\tNULL\t\nprice\tdecimal(6,2)\tYES\t\t1.50\t\nkind\tenum('a','b')\tYES\t\tNULL\t\n",
    ],
    ['SHOW DATABASES', 'Database\ninformation_schema\nmysql\nperformance_schema\nshop\nsys\n'],
    ["SHOW VARIABLES LIKE 'port'", 'Variable_name\tValue\nport\t3306\n'],
    [
      'SELECT table_name, table_rows FROM information_schema.tables WHERE table_schema = DATABASE()',
      'table_name\ttable_rows\nt\t3\n',
    ],
    ['BEGIN; DELETE FROM t; ROLLBACK; SELECT COUNT(*) FROM t', 'COUNT(*)\n3\n'],
    ['SELECT 1 -- a comment\n; # another\nSELECT /* in it */ 2', '1\n1\n2\n2\n'],
  ])('%s', (sql, out) => {
    expect(printed(sql)).toBe(out);
  });

  it.each([
    [
      'SELEC 1',
      "ERROR 1064 (42000) at line 1: You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'SELEC 1' at line 1\n",
    ],
    [
      'SELECT 1;\nSELECT * FORM t',
      "1\n1\nERROR 1064 (42000) at line 2: You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'FORM t' at line 1\n",
    ],
    [
      'SELECT name FROM',
      "ERROR 1064 (42000) at line 1: You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '' at line 1\n",
    ],
    ['SELECT nothing FROM t', "ERROR 1054 (42S22) at line 1: Unknown column 'nothing' in 'field list'\n"],
    [
      'SELECT 1 FROM t WHERE nothing = 1',
      "ERROR 1054 (42S22) at line 1: Unknown column 'nothing' in 'where clause'\n",
    ],
    ['SELECT * FROM nowhere', "ERROR 1146 (42S02) at line 1: Table 'shop.nowhere' doesn't exist\n"],
    ['USE nowhere', "ERROR 1049 (42000) at line 1: Unknown database 'nowhere'\n"],
    ['CREATE DATABASE shop', "ERROR 1007 (HY000) at line 1: Can't create database 'shop'; database exists\n"],
    [
      'DROP DATABASE nowhere',
      "ERROR 1008 (HY000) at line 1: Can't drop database 'nowhere'; database doesn't exist\n",
    ],
    ['CREATE TABLE t (a INT)', "ERROR 1050 (42S01) at line 1: Table 't' already exists\n"],
    ['DROP TABLE nowhere', "ERROR 1051 (42S02) at line 1: Unknown table 'shop.nowhere'\n"],
    [
      "INSERT INTO t (id, name) VALUES (1, 'x')",
      "ERROR 1062 (23000) at line 1: Duplicate entry '1' for key 't.PRIMARY'\n",
    ],
    [
      "INSERT INTO t VALUES (1, 'x')",
      "ERROR 1136 (21S01) at line 1: Column count doesn't match value count at row 1\n",
    ],
    [
      'INSERT INTO t (price) VALUES (1)',
      "ERROR 1364 (HY000) at line 1: Field 'name' doesn't have a default value\n",
    ],
    ['INSERT INTO t (name) VALUES (NULL)', "ERROR 1048 (23000) at line 1: Column 'name' cannot be null\n"],
    [
      "INSERT INTO t (name) VALUES ('much too long')",
      "ERROR 1406 (22001) at line 1: Data too long for column 'name' at row 1\n",
    ],
    [
      "INSERT INTO t (id, name) VALUES ('x', 'y')",
      "ERROR 1366 (HY000) at line 1: Incorrect integer value: 'x' for column 'id' at row 1\n",
    ],
    [
      "INSERT INTO t (id, name) VALUES (3000000000, 'y')",
      "ERROR 1264 (22003) at line 1: Out of range value for column 'id' at row 1\n",
    ],
    [
      "INSERT INTO t (name, kind) VALUES ('y', 'c')",
      "ERROR 1265 (01000) at line 1: Data truncated for column 'kind' at row 1\n",
    ],
    [
      'SELECT name, COUNT(*) FROM t',
      "ERROR 1140 (42000) at line 1: In aggregated query without GROUP BY, expression #1 of SELECT list contains nonaggregated column 'shop.t.name'; this is incompatible with sql_mode=only_full_group_by\n",
    ],
    ['SELECT frob(1)', 'ERROR 1305 (42000) at line 1: FUNCTION shop.frob does not exist\n'],
    ["CREATE USER 'app'@'%'", "ERROR 1396 (HY000) at line 1: Operation CREATE USER failed for 'app'@'%'\n"],
    [
      'CREATE TABLE u (a INT AUTO_INCREMENT)',
      'ERROR 1075 (42000) at line 1: Incorrect table definition; there can be only one auto column and it must be defined as a key\n',
    ],
  ])('%s is refused', (sql, out) => {
    expect(printed(sql)).toBe(out);
  });

  it('differs by version', () => {
    expect(printed("INSERT INTO t (id, name) VALUES (1, 'x')", '5.7')).toContain("for key 'PRIMARY'");
    expect(printed('SHOW DATABASES', '5.7')).toMatch(/^Database\ninformation_schema\nmysql/);
    expect(printed('DESCRIBE t', '5.7')).toContain('id\tint(11)\tNO');
  });
});

describe('[I17] mysql', () => {
  const WARNING = 'mysql: [Warning] Using a password on the command line interface can be insecure.\n';
  it('shows a person frames, counts and times', () => {
    const shown = home().type(
      ['mysql', '-A', '-s'],
      'use shop',
      'create table t (n int,',
      'w text);',
      "insert into t values (1, 'a'), (22, NULL);",
      'select * from t;',
      'select * from t where n = 5;',
      'update t set n = n;',
      'select n from t\\G',
      'select * from u;',
      ';',
      'exit',
    );
    expect(shown.replace(/\(\d\.\d\d sec\)/g, '(T)')).toBe(`mysql> use shop
Database changed
mysql> create table t (n int,
    -> w text);
Query OK, 0 rows affected (T)

mysql> insert into t values (1, 'a'), (22, NULL);
Query OK, 2 rows affected (T)
Records: 2  Duplicates: 0  Warnings: 0

mysql> select * from t;
+------+------+
| n    | w    |
+------+------+
|    1 | a    |
|   22 | NULL |
+------+------+
2 rows in set (T)

mysql> select * from t where n = 5;
Empty set (T)

mysql> update t set n = n;
Query OK, 0 rows affected (T)
Rows matched: 2  Changed: 0  Warnings: 0

mysql> select n from t\\G
*************************** 1. row ***************************
n: 1
*************************** 2. row ***************************
n: 22
2 rows in set (T)

mysql> select * from u;
ERROR 1146 (42S02): Table 'shop.u' doesn't exist
mysql> ;
ERROR: 
No query specified

mysql> exit
Bye
[exit 0]`);
  });

  it.each([
    [
      ['-uroot', '-pwrong', '-e', 'SELECT 1'],
      `${WARNING}ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)\n[exit 1]`,
    ],
    [
      ['-h', 'db', '-uapp', '-pwrong'],
      `${WARNING}ERROR 1045 (28000): Access denied for user 'app'@'127.0.0.1' (using password: YES)\n[exit 1]`,
    ],
    [['-h', 'nowhere'], "ERROR 2005 (HY000): Unknown MySQL server host 'nowhere' (-2)\n[exit 1]"],
    [
      ['-h', 'db', '-P', '3307'],
      "ERROR 2003 (HY000): Can't connect to MySQL server on 'db:3307' (111)\n[exit 1]",
    ],
    [['nowhere'], "ERROR 1049 (42000): Unknown database 'nowhere'\n[exit 1]"],
    [
      ['-uapp', '-ppw', 'mysql'],
      `${WARNING}ERROR 1044 (42000): Access denied for user 'app'@'%' to database 'mysql'\n[exit 1]`,
    ],
    [
      ['-uapp', '-ppw', '-N', '-e', 'SELECT CURRENT_USER(); SHOW DATABASES'],
      `${WARNING}app@localhost\ninformation_schema\nshop\n[exit 0]`,
    ],
    [['--frob'], "mysql: [ERROR] unknown option '--frob'.\n[exit 2]"],
    [['-t', '-e', 'SELECT 1 AS one'], '+-----+\n| one |\n+-----+\n|   1 |\n+-----+\n[exit 0]'],
  ])('%j', (argv, shown) => {
    expect(home({ piped: true }).type(['mysql', ...argv])).toBe(shown);
  });

  it('asks for a password, and reads statements from a pipe', () => {
    expect(home().type(['mysql', '-h', 'db', '-p', '-e', 'SELECT 1', '-N', '-B'], 'secret')).toBe(
      'Enter password: secret\n1\n[exit 0]',
    );
    expect(home({ piped: true }).type(['mysql', 'shop'], 'select 1;', 'select 2;')).toBe(
      '1\n1\n2\n2\n[exit 0]',
    );
  });

  it('mysqladmin pings', () => {
    const { type } = home({ executable: mysqladmin, piped: true });
    expect(type(['mysqladmin', 'ping'])).toBe('mysqld is alive\n[exit 0]');
    expect(type(['mysqladmin', '-h', 'db', '-P', '1', 'ping'])).toContain(
      "error: 'Can't connect to MySQL server on 'db:1' (111)'",
    );
    expect(type(['mysqladmin', '-pwrong', 'ping'])).toMatch(/Access denied[\s\S]*\[exit 0\]$/);
  });
});

describe('[I18] mysqld', () => {
  it.each([
    [{}, 'Database is uninitialized and password option is not specified'],
    [
      { MYSQL_ROOT_PASSWORD: 'x', MYSQL_USER: 'root' },
      'MYSQL_USER="root", MYSQL_USER and MYSQL_PASSWORD are for configuring a regular user and cannot be used for the root user',
    ],
  ])('does not start with %j', (env, why) => {
    const server = home({ env });
    expect(server.exitCode).toBe(1);
    expect(server.logs().join('\n')).toContain(`[ERROR] [Entrypoint]: ${why}`);
  });

  it('is not there before it is ready', () => {
    const starting = bench({
      program: mysqldProgram,
      executable: mysqlClient,
      argv: ['docker-entrypoint.sh', 'mysqld'],
      image: 'mysql:8.0',
      port: 1,
      env: ENV,
      piped: true,
    });
    expect(starting.type(['mysql'])).toBe(
      "ERROR 2002 (HY000): Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)\n[exit 1]",
    );
    starting.pass(9000);
    expect(starting.logs().at(-1)).toContain('ready for connections');
  });

  it('keeps its data and its first password in its directory', () => {
    const first = home({ piped: true });
    first.type([
      'mysql',
      'shop',
      '-e',
      `${SETUP}; CREATE USER 'more'@'%' IDENTIFIED BY 'm'; GRANT SELECT ON shop.* TO 'more'@'%'`,
    ]);
    first.restart();
    first.pass(2000);
    expect(first.type(['mysql', 'shop', '-N', '-e', 'SELECT COUNT(*) FROM t'])).toBe('3\n[exit 0]');
    const second = home({
      piped: true,
      files: first.files,
      env: { MYSQL_ROOT_PASSWORD: 'another', MYSQL_PWD: 'another' },
    });
    expect(second.type(['mysql', '-e', 'SELECT 1'])).toContain('ERROR 1045 (28000)');
    expect(second.type(['mysql', '-umore', '-pm', 'shop', '-e', 'DELETE FROM t'])).toContain(
      "ERROR 1142 (42000) at line 1: DELETE command denied to user 'more'@'localhost' for table 't'",
    );
  });

  it('runs what lies in its initdb folder', () => {
    const files = {
      '/docker-entrypoint-initdb.d/a.sql': 'CREATE TABLE made (n INT);\nINSERT INTO made VALUES (7);\n',
    };
    expect(home({ piped: true, files }).type(['mysql', 'shop', '-N', '-e', 'SELECT n FROM made'])).toBe(
      '7\n[exit 0]',
    );
    const broken = home({ files: { '/docker-entrypoint-initdb.d/a.sql': '-- first\n\nCREATE TABEL x;' } });
    expect(broken.exitCode).toBe(1);
    expect(broken.logs().join('\n')).toContain('ERROR 1064 (42000) at line 3: ');
  });
});
