import type {
  Assignment,
  Case,
  CompoundList,
  If,
  Pipeline,
  Redirection,
  Script,
  Select,
  Statement,
  TestExpression,
  Word,
} from 'unbash';
import { parseScript } from './parse-script';
import type { CommandNode } from './shell';

/** Columns by which bash sets a nested command in. */
const STEP = 4;

/** A command as bash writes it out again (`print_cmd.c`): in `jobs`, and with `inFunction` in `declare -f`. */
class CommandPrinter {
  #out = '';
  #indentation = 0;
  #skip = 0;
  #functions = 0;
  #heredocs: string[] = [];
  /** A here-document's text has just taken the place of a `;`. */
  #isAfterHeredoc = false;
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  get text(): string {
    return this.#out;
  }

  #say(text: string): void {
    this.#out += text;
  }

  #indent(): void {
    this.#say(' '.repeat(this.#indentation));
  }

  #newline(text: string): void {
    this.#say('\n');
    this.#indent();
    this.#say(text);
  }

  #semicolon(): void {
    if (!/[&\n]$/.test(this.#out)) this.#say(';');
  }

  /** The bodies of here-documents, which come after the line that names them. */
  #flush(end: string): void {
    if (this.#heredocs.length === 0) return;
    this.#say(`${end}\n${this.#heredocs.join('')}`);
    this.#heredocs = [];
    this.#isAfterHeredoc = true;
  }

  list(statements: readonly Statement[]): void {
    statements.forEach((statement, index) => {
      const before = statements[index - 1];
      if (before !== undefined) {
        if (before.background === true) {
          this.#say(' & ');
          this.#skip += 1;
        } else {
          if (this.#heredocs.length > 0) this.#flush(this.#functions > 0 ? '' : ';');
          else if (this.#isAfterHeredoc) this.#isAfterHeredoc = false;
          else this.#say(';');
          if (this.#functions > 0) this.#say('\n');
          else {
            this.#say(' ');
            this.#skip += 1;
          }
        }
      }
      this.node(statement.command);
    });
    if (statements[statements.length - 1]?.background === true) this.#say(' &');
  }

  node(node: CommandNode): void {
    if (this.#skip > 0) this.#skip -= 1;
    else this.#indent();
    this.#body(node);
  }

  #flat(node: CommandNode): void {
    this.#skip += 1;
    this.node(node);
  }

  #flatList(list: CompoundList): void {
    this.#skip += 1;
    this.list(list.commands);
  }

  #inner(list: CompoundList): void {
    this.#indentation += STEP;
    this.list(list.commands);
    this.#indentation -= STEP;
  }

  #loop(head: string, list: CompoundList): void {
    this.#say(head);
    this.#newline('do\n');
    this.#inner(list);
    this.#semicolon();
    this.#newline('done');
  }

  #body(node: CommandNode): void {
    switch (node.type) {
      case 'Command': {
        const words = [node.name, ...node.args].filter((word) => word !== undefined);
        const assigned = node.prefix.filter((part) => part.type === 'Assignment');
        this.#say([...assigned, ...words].map((word) => this.#word(word)).join(' '));
        this.#redirects(node.redirects, words.length + assigned.length > 0);
        return;
      }
      case 'Redirected':
        this.#body(node.command);
        this.#redirects(node.redirects, true);
        return;
      case 'Pipeline':
        this.#pipeline(node);
        return;
      case 'AndOr':
        node.commands.forEach((command, index) => {
          if (index > 0) this.#say(` ${node.operators[index - 1]} `);
          this.#flat(command);
        });
        return;
      case 'Subshell':
        this.#say('( ');
        this.#flatList(node.body);
        this.#flush('');
        this.#say(' )');
        return;
      case 'BraceGroup':
        this.#group(node.body);
        return;
      case 'CompoundList':
        this.#skip += 1;
        this.list(node.commands);
        return;
      case 'If':
        this.#if(node, node.elif);
        return;
      case 'While':
        this.#say(`${node.kind} `);
        this.#flatList(node.clause);
        this.#semicolon();
        this.#say(' do\n');
        this.#inner(node.body);
        this.#semicolon();
        this.#newline('done');
        return;
      case 'For':
      case 'Select':
        this.#loop(`${node.type === 'For' ? 'for' : 'select'} ${this.#values(node)};`, node.body);
        return;
      case 'ArithmeticFor': {
        const part = (each: { readonly pos: number; readonly end: number } | undefined) =>
          each === undefined ? '1' : this.#source.slice(each.pos, each.end);
        const parts = [part(node.initialize), part(node.test), part(node.update)];
        this.#loop(`for ((${parts.join('; ')}))`, node.body);
        return;
      }
      case 'Case':
        this.#case(node);
        return;
      case 'TestCommand':
        this.#say(`[[ ${this.#test(node.expression)} ]]`);
        return;
      case 'ArithmeticCommand':
        this.#say(`((${node.body}))`);
        return;
      case 'Coproc':
        this.#say(`coproc ${node.name?.text ?? 'COPROC'} `);
        this.#flat(node.body);
        return;
      case 'Function':
        this.#say('function ');
        this.definition(node.name.text, node.body);
    }
  }

  /** `NAME () ` and the body, in braces whatever it is. */
  definition(name: string, body: CommandNode): void {
    this.#say(`${name} () \n`);
    this.#indent();
    this.#say('{ \n');
    this.#functions += 1;
    this.#indentation += STEP;
    const bare = body.type === 'Redirected' ? body.command : body;
    if (bare.type === 'BraceGroup') this.list(bare.body.commands);
    else this.node(bare);
    this.#flush('');
    this.#indentation -= STEP;
    this.#functions -= 1;
    this.#newline('}');
    if (body.type === 'Redirected') this.#redirects(body.redirects, true);
  }

  #pipeline(node: Pipeline): void {
    for (const prefix of node.prefixes) {
      if (prefix.type === 'Time') this.#say(prefix.posix === undefined ? 'time ' : 'time -p ');
      else this.#say('! ');
    }
    node.commands.forEach((command, index) => {
      if (index > 0) this.#say(node.operators[index - 1] === '|&' ? ' 2>&1 | ' : ' | ');
      this.#flat(command);
    });
  }

  #group(list: CompoundList): void {
    this.#say('{ ');
    if (this.#functions === 0) {
      this.#flatList(list);
      this.#flush('');
      this.#semicolon();
      this.#say(' }');
      return;
    }
    this.#say('\n');
    this.#inner(list);
    this.#flush('');
    this.#newline('}');
  }

  #if(node: Pick<If, 'clause' | 'then' | 'else'>, elifs: If['elif']): void {
    this.#say('if ');
    this.#flatList(node.clause);
    this.#semicolon();
    this.#say(' then\n');
    this.#inner(node.then);
    const [next, ...rest] = elifs;
    if (next !== undefined || node.else !== undefined) {
      this.#semicolon();
      this.#newline('else\n');
      if (next === undefined) {
        if (node.else !== undefined) this.#inner(node.else);
      } else {
        this.#indentation += STEP;
        this.#indent();
        this.#if({ ...next, else: node.else }, rest);
        this.#indentation -= STEP;
      }
    }
    this.#semicolon();
    this.#newline('fi');
  }

  #values(node: Pick<Select, 'name' | 'wordlist'>): string {
    const words = node.wordlist?.map((word) => this.#word(word)).join(' ') ?? '"$@"';
    return `${node.name.text} in ${words}`;
  }

  #case(node: Case): void {
    this.#say(`case ${this.#word(node.word)} in `);
    this.#indentation += STEP;
    for (const item of node.items) {
      this.#newline(`${item.pattern.map((word) => this.#word(word)).join(' | ')})\n`);
      this.#inner(item.body);
      this.#flush('');
      this.#newline(item.terminator ?? ';;');
    }
    this.#indentation -= STEP;
    this.#newline('esac');
  }

  #test(node: TestExpression): string {
    switch (node.type) {
      case 'TestUnary':
        return `${node.operator} ${this.#word(node.operand)}`;
      case 'TestBinary':
        return `${this.#word(node.left)} ${node.operator} ${this.#word(node.right)}`;
      case 'TestLogical':
        return node.operands.map((operand) => this.#test(operand)).join(` ${node.operator} `);
      case 'TestNot':
        return `${'! '.repeat(node.negations.length)}${this.#test(node.operand)}`;
      case 'TestGroup':
        return `( ${this.#test(node.expression)} )`;
    }
  }

  #redirects(redirects: readonly Redirection[], separate: boolean): void {
    redirects.forEach((redirect, index) => {
      if (separate || index > 0) this.#say(' ');
      this.#redirect(redirect);
    });
  }

  #redirect(node: Redirection): void {
    const { descriptor } = node;
    const lead =
      descriptor === undefined
        ? ''
        : descriptor.type === 'FileDescriptor'
          ? String(descriptor.value)
          : `{${descriptor.name}}`;
    if (node.type === 'HereDoc') {
      const name = node.delimiter?.text ?? '';
      this.#say(`${lead}${node.operator}${name}`);
      const body = node.operator === '<<-' ? node.body.text.replace(/^\t+/gm, '') : node.body.text;
      this.#heredocs.push(`${body}${node.delimiter?.value ?? ''}\n`);
      return;
    }
    const target = node.target === undefined ? '' : this.#word(node.target);
    if (node.type === 'HereString') this.#say(`${lead}<<< ${target}`);
    else if (/&$/.test(node.operator) && (descriptor !== undefined || /^(\d+-?|-)$/.test(target)))
      this.#duplicate(lead, node.operator, target);
    else if (node.operator === '>&') this.#say(`&> ${target}`);
    else this.#say(`${node.operator === '<>' && lead === '' ? '0' : lead}${node.operator} ${target}`);
  }

  #duplicate(lead: string, operator: string, target: string): void {
    const number = lead === '' ? (operator === '<&' ? '0' : '1') : lead;
    if (target === '-') this.#say(`${number}>&-`);
    else this.#say(`${number === '1' && operator === '>&' ? lead || '1' : number}${operator}${target}`);
  }

  /** A word as typed, but for command substitutions, which are written out again themselves. */
  #word(word: Word | Assignment): string {
    if (word.type === 'Assignment') {
      if (word.value.type === 'ArrayValue') {
        const head = word.text.slice(0, word.value.pos - word.pos);
        return `${head}(${word.value.elements.map((each) => this.#word(each)).join(' ')})`;
      }
      return word.text.slice(0, word.text.length - word.value.text.length) + this.#word(word.value);
    }
    let text = '';
    let at = word.pos;
    for (const part of word.parts ?? []) {
      if (part.type !== 'CommandExpansion' || !part.text.startsWith('$(') || part.script === undefined)
        continue;
      text += `${word.text.slice(at - word.pos, part.pos - word.pos)}$(${printScript(part.script, this.#source)})`;
      at = part.end;
    }
    return text + word.text.slice(at - word.pos);
  }
}

function printScript(script: Script, source: string): string {
  const printer = new CommandPrinter(script.source ?? source);
  printer.list(script.commands);
  return printer.text;
}

/** A command as `jobs` shows it. */
export function commandText(node: CommandNode, source: string): string {
  const printer = new CommandPrinter(source);
  printer.node(node);
  return printer.text;
}

/** A function as `declare -f` shows it: its source parsed and written out again. */
export function functionText(source: string): string {
  const parsed = parseScript(source);
  const node = parsed.kind === 'program' ? parsed.program.script.commands[0]?.command : undefined;
  if (node?.type !== 'Function') return source;
  const printer = new CommandPrinter(source);
  printer.definition(node.name.text, node.body);
  return printer.text;
}
