import { parse } from 'node-html-parser';

/** An answer as a browser without scripts gets it; redirects are not followed. */
export interface Answer {
  readonly path: string;
  readonly status: number;
  readonly location: string;
  readonly body: string;
}

/** A form of a page with what it would send as it stands. */
export interface PageForm {
  readonly page: string;
  readonly action: string;
  readonly method: string;
  /** What the buttons say. */
  readonly submit: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** How something is asked for. */
export interface Question {
  readonly method?: 'GET' | 'POST';
  readonly form?: readonly (readonly [name: string, value: string])[];
  /** Sent as a form with files is; server actions are read from nothing else. */
  readonly multipart?: boolean;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody with a browser that runs no scripts: cookies, links and forms. */
export interface Visitor {
  readonly cookies: string;
  ask(path: string, question?: Question): Promise<Answer>;
  /** Sends a form, with some fields filled in otherwise. */
  send(form: PageForm, filled?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Opens a page and sends the form there whose button says `submit`. */
  fill(path: string, submit: string, filled?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** A stream of news never ends by itself; this much of it is read. */
const STREAM_MS = 400;

/** A visitor of the server at `origin`, unknown as yet. */
export function newVisitor(origin: string): Visitor {
  const jar = new Map<string, string>();
  const ask = async (path: string, question: Question = {}): Promise<Answer> => {
    const stop = new AbortController();
    const answer = await fetch(new URL(path, origin), {
      method: question.method ?? 'GET',
      redirect: 'manual',
      signal: stop.signal,
      headers: {
        ...(jar.size > 0 ? { Cookie: cookieLine(jar) } : {}),
        ...(question.method === 'POST' ? { Origin: origin } : {}),
        ...(question.json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...question.headers,
      },
      ...bodyOf(question),
    });
    for (const line of answer.headers.getSetCookie()) keepCookie(jar, line);
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const body = isStream ? await beginningOf(answer, stop) : await answer.text();
    return { path, status: answer.status, location: answer.headers.get('location') ?? '', body };
  };
  const send = (form: PageForm, filled: Readonly<Record<string, string>> = {}) => {
    const kept = form.fields.filter(([name]) => !(name in filled));
    return ask(form.action || form.page, {
      method: 'POST',
      form: [...kept, ...Object.entries(filled)],
      multipart: form.fields.some(([name]) => name.startsWith('$ACTION')),
    });
  };
  return {
    get cookies() {
      return cookieLine(jar);
    },
    ask,
    send,
    async fill(path, submit, filled) {
      const page = await ask(path);
      const form = formsOf(page).find((each) => each.submit.includes(submit));
      if (form === undefined)
        throw new Error(
          `${path} (${page.status}) has no form "${submit}": ${formsOf(page).map((each) => each.submit)}`,
        );
      return send(form, filled);
    },
  };
}

/** The forms of a page. */
export function formsOf(page: Answer): readonly PageForm[] {
  return parse(page.body)
    .querySelectorAll('form')
    .map((form) => ({
      page: page.path,
      action: form.getAttribute('action') ?? '',
      method: (form.getAttribute('method') ?? 'GET').toUpperCase(),
      submit: form
        .querySelectorAll('button')
        .map((button) => button.text.trim())
        .join(' | '),
      fields: [
        ...form.querySelectorAll('input').flatMap((input): [string, string][] => {
          const type = input.getAttribute('type') ?? 'text';
          const isUnchecked = (type === 'checkbox' || type === 'radio') && !input.hasAttribute('checked');
          const name = input.getAttribute('name');
          return name === undefined || isUnchecked || type === 'file'
            ? []
            : [[name, input.getAttribute('value') ?? '']];
        }),
        ...form
          .querySelectorAll('textarea')
          .map((area): [string, string] => [area.getAttribute('name') ?? '', area.text]),
        ...form.querySelectorAll('select').map((select): [string, string] => {
          const chosen = select.querySelector('option[selected]') ?? select.querySelector('option');
          return [select.getAttribute('name') ?? '', chosen?.getAttribute('value') ?? ''];
        }),
      ],
    }));
}

/** Where the links and forms of a page lead, on the same server. */
export function linksOf(page: Answer): readonly string[] {
  return parse(page.body)
    .querySelectorAll('a[href], link[href], script[src]')
    .map((link) => (link.getAttribute('href') ?? link.getAttribute('src') ?? '').split('#')[0] ?? '')
    .filter((href) => href.startsWith('/') && !href.startsWith('//'))
    .map((href) => href.replaceAll('&amp;', '&'));
}

function bodyOf({ form, multipart, json }: Question): { readonly body?: BodyInit } {
  if (json !== undefined) return { body: JSON.stringify(json) };
  if (form === undefined) return {};
  const data = multipart ? new FormData() : new URLSearchParams();
  for (const [name, value] of form) data.append(name, value);
  return { body: data };
}

async function beginningOf(answer: Response, stop: AbortController): Promise<string> {
  let text = '';
  const timer = setTimeout(() => stop.abort(), STREAM_MS);
  const decoder = new TextDecoder();
  try {
    for await (const part of answer.body ?? []) text += decoder.decode(part, { stream: true });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  clearTimeout(timer);
  return text;
}

function keepCookie(jar: Map<string, string>, line: string): void {
  const [pair = '', ...facts] = line.split(';');
  const at = pair.indexOf('=');
  const isGone = facts.some((fact) => /^\s*max-age=0\s*$/i.test(fact));
  if (isGone) jar.delete(pair.slice(0, at));
  else jar.set(pair.slice(0, at), pair.slice(at + 1));
}

function cookieLine(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}
