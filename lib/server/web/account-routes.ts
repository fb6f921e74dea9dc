import type { IncomingMessage, ServerResponse } from 'node:http';
import { may } from '../access';
import {
  ACCOUNT_FORMS,
  type AccountForm,
  CALLER_HEADER,
  exportPerson,
  type FormDeps,
  FormProblem,
  type Outcome,
  type People,
} from '../accounts';
import { callerAddress } from './caller';
import { isSameOrigin, isSecure } from './origin';
import { readForm } from './read-form';
import { saidCookie } from './said-cookie';

/** The forms of accounts, which work without scripts. */
export interface AccountRoutes {
  /** Whether this request is for one. */
  owns(request: IncomingMessage): boolean;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Serves `/auth/<form>`: a sent form is done, and the browser goes on to a page that tells what came of it. */
export function createAccountRoutes(deps: FormDeps, people: People, proxies: number): AccountRoutes {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (nameOf(request) === 'data') return sendData(request, response);
    const form = ACCOUNT_FORMS.find(({ name }) => name === nameOf(request));
    if (form?.isLink && request.method === 'GET') return finish(request, response, form, queryOf(request));
    if (form === undefined) return refuse(response, 404, 'There is no such form.');
    if (request.method !== 'POST')
      return refuse(response, 405, 'This address takes forms that are sent to it.');
    // Only our own pages may send forms: the browser says where a form comes from, and no other site can lie.
    if (!isSameOrigin(request.headers))
      return refuse(response, 403, 'This form was not sent by a page of Portside.');
    const fields = await readForm(request);
    if (fields === undefined) return refuse(response, 413, 'That is more than this form takes.');
    return finish(request, response, form, fields);
  };

  const finish = async (
    request: IncomingMessage,
    response: ServerResponse,
    form: AccountForm,
    fields: Readonly<Record<string, string>>,
  ): Promise<void> => {
    const caller = callerAddress(request, proxies);
    const identity = await people.identify(request.headers.cookie);
    const {
      to,
      cookies = [],
      said,
    } = await form
      .send(deps, { identity, headers: headersOf(request, caller), caller, fields })
      .catch((error: unknown) => problemAt(form, fields, error));
    if (identity.session !== undefined && identity.person !== undefined)
      await deps.sessionsEnded(identity.person.id);
    const isSafe = isSecure(request);
    const lines = [...cookies, ...(said === undefined ? [] : [saidCookie(said, isSafe)])];
    response.writeHead(303, {
      Location: to,
      'Cache-Control': 'no-store',
      'Set-Cookie': lines.map((line) => hardened(line, isSafe)),
    });
    response.end();
  };

  /** Everything kept of whoever asks, to be saved as a file. */
  const sendData = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const person = await people.find(request.headers.cookie);
    if (person === undefined || !may(person, 'account.manage'))
      return refuse(response, 401, 'Sign in to save your data.');
    const data = await exportPerson(deps.prisma, person.id);
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Disposition': 'attachment; filename="portside-data.json"',
      'Cache-Control': 'no-store',
    });
    response.end(`${JSON.stringify(data, null, 1)}\n`);
  };

  return { owns: (request) => (request.url ?? '').startsWith('/auth/'), answer };
}

/** Back to the form's own page with what is wrong and what had been typed. */
function problemAt(form: AccountForm, fields: Readonly<Record<string, string>>, error: unknown): Outcome {
  if (!(error instanceof FormProblem)) throw error;
  const typed = Object.fromEntries(form.keeps.map((name) => [name, fields[name] ?? '']));
  const field = error.field === undefined ? {} : { field: error.field };
  return { to: form.page, said: { form: form.name, problem: error.message, ...field, typed } };
}

/** better-auth does not know whether the browser's line is safe. */
function hardened(line: string, secure: boolean): string {
  return secure && !/;\s*secure/i.test(line) ? `${line}; Secure` : line;
}

function headersOf(request: IncomingMessage, caller: string): Headers {
  const headers = new Headers({ [CALLER_HEADER]: caller });
  for (const name of ['cookie', 'user-agent'] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  return headers;
}

function queryOf(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(new URL(request.url ?? '/', 'http://here.invalid').searchParams);
}

function nameOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0]?.slice('/auth/'.length) ?? '';
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    ...(status === 405 ? { Allow: 'POST' } : {}),
  });
  response.end(`${sentence}\n`);
}
