import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { currentPerson, progressFor, saidOf } from '../../lib/server';
import buttons from '../_ui/button.module.css';
import { Field, Form, Told } from '../_ui/form';
import form from '../_ui/form.module.css';
import frame from '../_ui/page-frame.module.css';
import { NewPassword } from '../_ui/password-fields';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';

/** Title of the page. */
export const metadata: Metadata = { title: 'Make an account' };

interface Props {
  readonly searchParams: Promise<{
    readonly next?: string | readonly string[];
    readonly first?: string | readonly string[];
  }>;
}

export default async function SignUpPage({ searchParams }: Props) {
  const person = await currentPerson();
  if (person?.isGuest === false) redirect('/account');
  const said = await saidOf('sign-up');
  const { next, first } = await searchParams;
  const onward = said?.typed?.next ?? (typeof next === 'string' ? next : '');
  const firstLink = said?.typed?.first || (typeof first === 'string' ? first : '');
  const begun = (await progressFor(person)).length;
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>Make an account</h1>
          <p>
            {firstLink !== '' ? 'This account will be the administrator of this place. ' : null}
            {begun === 0
              ? 'Your labs are then there on every machine, and an instructor can see how far you are.'
              : `The ${begun === 1 ? 'lab' : `${begun} labs`} begun in this browser will be yours on every machine.`}
          </p>
        </header>
        <Told said={said} />
        <Form name="sign-up">
          <input type="hidden" name="next" value={onward} />
          <input type="hidden" name="first" value={firstLink} />
          <Field
            name="name"
            label="Name"
            hint="As instructors see it."
            autoComplete="name"
            maxLength={80}
            required
            said={said}
          />
          <Field name="email" label="E-mail" type="email" autoComplete="username" required said={said} />
          <NewPassword name="password" label="Password" said={said} />
          <button type="submit" className={`${buttons.button} ${buttons.primary} ${buttons.large}`}>
            Make the account
          </button>
        </Form>
        <p className={form.aside}>
          There is one already? <Link href="/sign-in">Sign in</Link>.
        </p>
      </main>
      <SiteFooter />
    </>
  );
}
