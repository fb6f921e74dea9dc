import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCancel } from '../base';
import { runScript } from './index';
import { tinyMachine, tinyWorld } from './tiny-world.test-support';

interface Seen {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

async function ours(text: string): Promise<Seen> {
  const world = tinyWorld();
  world.setAuto(true);
  const seen = { out: '', err: '' };
  const { status } = await runScript(text, {
    machine: tinyMachine(world),
    world,
    cancel: createCancel(),
    streams: {
      stdin: undefined,
      stdout: {
        write: async (piece) => {
          seen.out += piece;
        },
      },
      stderr: {
        write: async (piece) => {
          seen.err += piece;
        },
      },
      tty: false,
      cancel: createCancel(),
    },
  });
  return { ...seen, status };
}

function real(text: string): Seen {
  const home = mkdtempSync(join(tmpdir(), 'parity-'));
  const { stdout, stderr, status } = spawnSync('bash', ['-c', text], {
    cwd: home,
    env: { ...process.env, PATH: '/usr/bin:/bin', HOME: home, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
    encoding: 'utf8',
    timeout: 10_000,
    input: '',
  });
  rmSync(home, { recursive: true });
  // A script's own mistakes are told with "-c" in front only because of how it is given here.
  return { out: stdout, err: stderr.replaceAll('bash: -c: ', 'bash: '), status: status ?? -1 };
}

const available = spawnSync('bash', ['-c', 'exit 0']).status === 0;

const SNIPPETS: readonly string[] = [
  // Words and quoting
  'echo a  b   c; echo "a  b"; echo \'$x\'; echo "a\\"b\\$c"; echo a\\ b',
  "echo $'tab\\there\\n' \"$(echo 'x  y')\" $(echo 'x  y')",
  'x="a b  c"; echo $x; echo "$x"; for w in $x; do echo "[$w]"; done',
  'set -- a "b c" d; echo $#; for w in "$@"; do echo "<$w>"; done; for w in $*; do echo "<$w>"; done; echo "$*"',
  'IFS=:; x=a:b::c; set -- $x; echo $#; echo "$3|$4"; echo "$*"',
  'set --; for w in "$@"; do echo no; done; echo "x$@y" $#',
  'echo {a,b}{1,2} {1..5} {05..10..2} {c..a} x{,y} {a} {a,b',
  'echo ~ | grep -c /; x=~/foo; echo ${x##*/}; echo "~"',
  'touch b.txt a.txt c.md .hid; echo *; echo *.txt; echo ?.md; echo [ab].txt; echo *.nope; echo "*.txt"; echo [!a]*.txt',
  'mkdir -p d/e; touch d/e/f; echo d/*/f; echo */',
  // Parameters
  'echo ${x-unset} ${x:-d} ${x+set}; x=; echo "[${x-unset}]" ${x:-d} [${x+set}] [${x:+set}]; echo ${y:=new} $y',
  'p=/usr/local/lib.tar.gz; echo ${p#*/} ${p##*/} ${p%.*} ${p%%.*} ${#p} ${p/lib/LIB} ${p//l/L} ${p:5:5} ${p: -2}',
  'x=hello; echo ${x^} ${x^^} ${x:1} ${x:1:3} ${x: -3:2} ${x/l*/_} ${x/#he/HE} ${x/%lo/LO}; y=HI; echo ${y,} ${y,,}',
  'a=(one "two three" four); echo ${a[0]} "${a[1]}" ${#a[@]} ${!a[@]} "${a[@]:1:1}"; a+=(five); echo ${a[-1]}; unset "a[1]"; echo ${!a[@]}; echo ${#a[1]}',
  'declare -A m=([k]=v [x]=1); m[new]=2; echo ${m[k]} ${#m[@]}; for k in "${!m[@]}"; do echo $k=${m[$k]}; done | sort',
  'n=x; x=deep; echo ${!n}; v="a*b"; echo "${v@Q}"',
  'f() { local v=in; echo $v; }; v=out; f; echo $v; readonly r=1; r=2; echo no',
  'echo ${nope?gone}; echo after',
  'set -u; echo $nope; echo after',
  'x=5; x+=6; echo $x; declare -i i=5; i+=6; echo $i; export E=1; env | grep ^E=',
  // Arithmetic
  'echo $((1+2*3)) $((7/2)) $((7%3)) $((2**10)) $((1<<4)) $((5>3)) $((5&3|8)) $((!0)) $((~1)) $((-7/2))',
  'i=1; echo $((i++)) $i $((++i)) $((i+=5)) $i; ((i>3)) && echo big; ((i==0)); echo $?; let "j=i*2"; echo $j',
  'echo $((0x1f)) $((010)) $((2#101)) $((1?2:3)); a=3; b=a; echo $((b+1)) $(( $a * 2 ))',
  'echo $((1/0)); echo $?',
  'for ((i=0;i<3;i++)); do echo $i; done; a=(1 2 3); echo $((a[1]+a[2])); ((a[0]+=9)); echo ${a[0]}',
  // Control
  'if false; then echo a; elif true; then echo b; else echo c; fi; if ! true; then :; else echo d; fi',
  'for i in 1 2 3 4; do [ $i = 2 ] && continue; [ $i = 4 ] && break; echo $i; done',
  'for i in 1 2; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done; while true; do while true; do break 2; done; done; echo out',
  'n=3; while [ $n -gt 0 ]; do echo $n; n=$((n-1)); done; until [ $n -ge 2 ]; do n=$((n+1)); done; echo $n',
  'for w in apple banana cherry; do case $w in a*) echo A;; *an*|x) echo B;; *) echo other;; esac; done; case x in x) echo 1;& y) echo 2;; esac',
  'case "a b" in "a b") echo yes;; esac; case abc in [a-c]*c) echo m;; esac; [[ x == @(x|y) ]] && echo e',
  'f() { return 7; }; f; echo $?; g() { echo $# $1; shift; echo $1; }; g a b; h() { h2() { echo inner; }; h2; }; h; h2',
  'fact() { if [ $1 -le 1 ]; then echo 1; else echo $(( $1 * $(fact $(($1-1))) )); fi; }; fact 6',
  'true && echo a || echo b; false && echo a || echo b; true || echo no; false; echo $?; ! false; echo $?',
  '(cd /; x=1; exit 3); echo $? ${x-unset}; { y=2; }; echo $y',
  '[[ abc == a*c ]] && echo 1; [[ abc == "a*c" ]] || echo 2; [[ ab12 =~ ^([a-z]+)([0-9]+)$ ]] && echo ${BASH_REMATCH[1]} ${BASH_REMATCH[2]}; [[ -z "" && ! -n "" ]] && echo 3; [[ 10 -gt 9 ]] && echo 4; [[ a < b ]] && echo 5',
  '[ 1 -eq 1 -a 2 -ne 3 ] && echo a; [ -z "" -o -n "" ] && echo b; [ "a" != "b" ] && echo c; [ ! -e nofile ] && echo d; test -d . && echo e; [ x ] && echo f; [ ] || echo g',
  '[ 1 -eq x ]; echo $?; [ a b ]; echo $?; [ 1 = 1; echo $?',
  // Redirections and pipes
  'echo a > f; echo b >> f; cat f; cat < f | wc -l; echo e >&2; echo x 2>/dev/null >&2; ls nofile 2>/dev/null; echo $?',
  "cat <<EOF\nhi $((1+1)) `echo t` $HOME_NOT\\$x\nEOF\ncat <<'E'\n$x `y`\nE\ncat <<-T\n\t\tindented\n\tT",
  'cat <<< "a $((2*2))"; read a b <<< "1 2 3"; echo "$b/$a"; { echo out; echo err >&2; } > o 2>&1; cat o; echo both &> o; cat o',
  'printf "a\\nb\\nc\\n" | while read -r l; do echo "[$l]"; done; printf "1 2\\n3 4\\n" | while read x y; do echo $((x+y)); done',
  'echo abc | tee t | tr a-c A-C; cat t; seq 5 | head -2; seq 10 | tail -n 3; yes | head -1',
  'false | true; echo $?; set -o pipefail; false | true; echo $?; true | false | true; echo ${PIPESTATUS[@]}',
  'exec 3> f; echo three >&3; exec 3>&-; cat f; while read -r l <&4; do echo "l=$l"; done 4< f',
  'cat < nofile; echo $?; echo x > /nodir/f; echo $?; nosuchcmd; echo $?; ./nofile; echo $?',
  'diff <(printf "a\\nb\\n") <(printf "a\\nc\\n"); echo $?; x=$(< /dev/null); echo "[$x]"',
  // Builtins
  'echo -n a; echo -e "b\\tc\\x41"; echo -E "d\\n"; echo -ne "x\\n"; echo -- -n; echo - a',
  'printf "%s-%d\\n" a 1 b 2; printf "%5s|%-5s|%05d|%x|%o|%.2f|%c|%%\\n" a b 42 255 8 3.14159 xyz; printf "%b" "a\\nb\\n"; printf "%q\\n" "a b"',
  'printf "%s\\n"; printf "no newline"; printf "%d\\n" abc; echo $?; printf -v v "%03d" 7; echo $v',
  'read -r a <<< "x\\ty"; echo "$a"; echo "a:b:c" | { IFS=: read x y; echo $x $y; }; read -a arr <<< "1 2 3"; echo ${arr[2]}; read z < /dev/null; echo $?',
  'set -e; echo a; false; echo b',
  'set -e; if false; then :; fi; false || echo saved; ! true; echo still; x=$(false); echo no',
  'set -x; x=1; echo "a b" $x; [ 1 = 1 ]',
  'trap "echo bye $?" EXIT; echo hi; exit 4',
  '(trap "echo sub" EXIT; echo in); echo out; trap "echo ERR" ERR; false; echo done',
  'while getopts "ab:c" o -a -b val -c; do echo $o $OPTARG; done; echo $OPTIND',
  'eval "x=1; echo \\$x"; echo "echo sourced \\$1" > s.sh; . ./s.sh arg; bash s.sh arg2; bash -c "echo \\$0 \\$1" n1 n2; sh -c "exit 5"; echo $?',
  'type cd; type if; type -t echo; command -v cd; command echo c; f() { :; }; type -t f; type nosuch; echo $?',
  'declare -p x; x="a b"; declare -p x; declare -r r=1; declare -p r; declare -a a=(1 2); declare -p a; export e=1; declare -p e',
  'alias ll="ls -l"; alias ll; unalias ll; alias ll; echo $?; shift 3; echo $?; cd /nodir; echo $?; pwd | grep -c /',
  'sleep 0 & wait $!; echo $?; (exit 3) & wait $!; echo $?; false & wait; echo $?',
  'x=1; (x=2; echo $x); echo $x; y=$(x=3; echo $x); echo $y $x; echo a | x=9; echo $x; FOO=bar env | grep FOO; echo ${FOO-none}',
  // Errors
  'if; then echo; fi',
  'echo a; fi',
  'echo a\necho "unclosed',
  'for i in 1 2; do echo $i',
  'echo a &&& b',
  'unset -f nof; unset nov; echo $?; readonly R=1; unset R; echo $?; return 3; echo $?; break; echo $?; local x; echo $?',
  'true; echo $_ ; echo "${#}" "$?" "${?}"; echo $(( $# )); echo "$((1))$((2))"; echo a#b # comment',
  'x=$(echo a; echo; echo); echo "[$x]"; echo "$(printf "a\\n\\n")b"; echo `echo \\`echo nested\\``; echo $(echo $(echo deep))',
  // Tools
  'printf "b 2\\na 10\\nc 1\\n" > f; sort f; sort -k2 -n f; sort -r f; sort -k2,2nr f | head -1; cut -d" " -f2 f; cut -c1 f; wc -l f; wc f',
  'printf "a\\na\\nb\\n" | uniq -c; printf "a\\na\\nb\\n" | uniq -d; echo hello | tr l L; echo hello | tr -d l; echo "a   b" | tr -s " "; echo abc | tr "[:lower:]" "[:upper:]"',
  'printf "one\\ntwo\\nthree\\n" > f; grep t f; grep -c t f; grep -v t f; grep -n o f; grep -o "t[a-z]" f; grep -E "one|two" f; grep -q x f; echo $?; grep -i ONE f; grep -w thre f; echo $?; grep x nofile; echo $?; grep -A1 one f; grep -l o f',
  'printf "one\\ntwo\\nthree\\n" > f; sed s/o/0/ f; sed -n 2p f; sed "1d;3d" f; sed -n "/t/p" f; sed "s/\\(t\\)\\(.\\)/\\2\\1/" f; sed -E "s/(e+)/<\\1>/g" f; sed "2,$ d" f; sed "s|o|/|;s/n/&&/" f; sed -i s/one/1/ f; cat f; sed "2i\\\\ins" f; sed "\\$ a end" f; sed = f',
  'echo "hello world" | base64; echo aGk= | base64 -d; basename /a/b.txt .txt; dirname /a/b/c; dirname x; seq 1 2 7; seq -s, 3; seq 3 -1 1; seq -w 8 10',
  'mkdir a; cp nofile x; echo $?; touch a/f; cp a b; echo $?; cp -r a b; ls b; mv a/f g; ls; rm nofile; rm a; rm -r a; rmdir b; rm -f nofile; echo $?; mkdir b; mkdir -p b/c; ls -d b/c',
  'echo "1 2 3" | xargs -n1 echo x; echo "a b" | xargs -I{} echo "<{}>"; printf "" | xargs -r echo no; find . -name "*.q"; touch x.q; find . -name "*.q"; find . -type f; timeout 0.01 sleep 1; echo $?',
  'printf "a\\nb\\nc\\n" > x; printf "a\\nB\\nc\\nd\\n" > y; diff x y; diff x x; echo $?; diff -u x y | tail -n +3; head -c 3 x; tail -c 2 x; head -n -1 x; tail -n +2 x; cat -n x; tac x',
  'for i in 1 2 3; do echo $i; done | while read n; do s=$((s+n)); echo $s; done; echo "${s-unset}"; seq 3 | paste -sd,; printf "a b\\nccc d\\n" | column -t; echo abc | rev',
  'date -u -d @0 +%Y-%m-%dT%H:%M:%SZ; date -u -d @86399 "+%a %b %e %j %s"; env -i A=1 env; env B=2 printenv B; expr 1 + 2 2>/dev/null | grep -c 3; true',
  'for s in "s/a" "/a" k "p x" s/a/b/k "b x" 5 1,p y/ab/c/ "{p" "p}" s/a/b/0 s/a/b/gg s/a/b/pp ,5p 3! a r : dp "5!!p" "s/a/\\1/" =x s/a/b/w 0p 0,5p 1:a } y/a; do echo abc | sed "$s" 2>&1; echo $?; done',
  'seq 6 | sed -n "0,/1/p; 2,~3p; /4/,+1{=;p}"; printf "a\\tb\\\\c\\n" | sed -n l; echo xyz > f; seq 2 | sed "1r f\ns/2/two/w g\ns//2/"; cat g; printf "one\\ntwo\\n" | sed "1a added\\\\\nmore"; echo hello | sed "y/lo/01/;s/h/[&]/;s/E/<&>/I"',
  'printf "a\\nb\\nc\\n" | awk \'FNR == 2 {print NR, FNR, FILENAME} END {print FNR, length("abc")}\'; awk \'function f(n, i) { i = 2; return n < 2 ? 1 : n * f(n - 1) } BEGIN { print f(5), i, (1)(2), substr("hello", 2, 3), atan2(0, 1); print "x" > "/dev/stdout" }\'',
  'printf "a,b;c\\n" | awk -F"[,;]" \'{print $2, NF}\'; printf "x 1\\ny 2\\nx 3\\n" | awk \'{s[$1]+=$2} END {for (k in s) print k, s[k]}\' | sort; echo "a b c" | awk \'{print $NF; $2="z"; print}\'; seq 5 | awk \'NR%2==1 && $1>1 {printf "%d;", $1} END {print ""}\'; awk \'BEGIN {x="abc"; print length(x), substr(x,2), toupper(x), index(x,"c"); if (x ~ /^a/) print "m"; gsub(/b/,"B",x); print x; print 1/4, 1e6, 10%3}\'',
];

/** Snippets whose output and status are compared: one a line, where ␤ stands for a newline and ␉ for a tab. */
const TABLE: readonly string[] = readFileSync(new URL('testdata/bash-snippets.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => line.replaceAll('␤', '\n').replaceAll('␉', '\t'));

/** Tools called wrongly, or on what is not there, each beside a file f and a folder d. */
const MISTAKES: readonly string[] = readFileSync(
  new URL('testdata/tool-mistakes.txt', import.meta.url),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '');
const BESIDE = "printf 'b 2\\na 10\\nc 1\\n' > f; mkdir d\n";

describe.skipIf(!available)('what tools refuse, against the real ones', () => {
  it.each(MISTAKES)('[S1] %s', async (text) => {
    expect(await ours(BESIDE + text)).toEqual(real(BESIDE + text));
  });
});

describe.skipIf(!available)('the shell against bash, by output and status', () => {
  it.each(TABLE)('[S1] %s', async (text) => {
    const wanted = real(text);
    const got = await ours(text);
    expect({ out: got.out, status: got.status }).toEqual({ out: wanted.out, status: wanted.status });
  });
});

describe.skipIf(!available)('the shell against bash', () => {
  it.each(SNIPPETS)('[S1] %s', async (text) => {
    const wanted = real(text);
    const got = await ours(text);
    expect(got).toEqual(wanted);
  });
});
