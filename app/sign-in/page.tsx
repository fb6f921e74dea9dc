import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { currentPerson, saidOf } from '../../lib/server';
import buttons from '../_ui/button.module.css';
import { Field, Form, Told } from '../_ui/form';
import form from '../_ui/form.module.css';
import frame from '../_ui/page-frame.module.css';
import { CurrentPassword } from '../_ui/password-fields';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';

/** Title of the page. */
export const metadata: Metadata = { title: 'Sign in' };

interface Props {
  readonly searchParams: Promise<{ readonly next?: string | readonly string[] }>;
}

export default async function SignInPage({ searchParams }: Props) {
  const person = await currentPerson();
  if (person?.isGuest === false) redirect('/account');
  const said = await saidOf('sign-in');
  const { next } = await searchParams;
  const onward = said?.typed?.next ?? (typeof next === 'string' ? next : '');
  const query = onward === '' ? '' : `?next=${encodeURIComponent(onward)}`;
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>Sign in</h1>
          <p>
            With an account your labs are there on every machine. Without one they are kept in this browser.
          </p>
        </header>
        <Told said={said} />
        <Form name="sign-in">
          <input type="hidden" name="next" value={onward} />
          <Field name="email" label="E-mail" type="email" autoComplete="username" required said={said} />
          <CurrentPassword name="password" label="Password" said={said} />
          <div className={form.actions}>
            <button type="submit" className={`${buttons.button} ${buttons.primary} ${buttons.large}`}>
              Sign in
            </button>
            <Link href="/forgot">Set a new password</Link>
          </div>
        </Form>
        <p className={form.aside}>
          No account yet? <Link href={`/sign-up${query}`}>Make one</Link>; what was done in this browser goes
          on under it.
        </p>
      </main>
      <SiteFooter />
    </>
  );
}
