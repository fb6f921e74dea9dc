import type { Metadata } from 'next';
import Link from 'next/link';
import { saidOf } from '../../lib/server';
import buttons from '../_ui/button.module.css';
import { Field, Form, Told } from '../_ui/form';
import form from '../_ui/form.module.css';
import frame from '../_ui/page-frame.module.css';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';

/** Title of the page. */
export const metadata: Metadata = { title: 'Set a new password' };

export default async function ForgotPage() {
  const said = await saidOf('forgot');
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>Set a new password</h1>
          <p>A mail with a link comes to the address of the account; the link leads to a page for it.</p>
        </header>
        <Told said={said} />
        <Form name="forgot">
          <Field name="email" label="E-mail" type="email" autoComplete="username" required said={said} />
          <button type="submit" className={`${buttons.button} ${buttons.primary} ${buttons.large}`}>
            Send the mail
          </button>
        </Form>
        <p className={form.aside}>
          No mail comes? Whoever runs this place can set a password, too. <Link href="/sign-in">Sign in</Link>
        </p>
      </main>
      <SiteFooter />
    </>
  );
}
