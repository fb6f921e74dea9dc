import type { Metadata } from 'next';
import Link from 'next/link';
import { saidOf } from '../../lib/server';
import buttons from '../_ui/button.module.css';
import { Form, Told } from '../_ui/form';
import form from '../_ui/form.module.css';
import frame from '../_ui/page-frame.module.css';
import { NewPassword } from '../_ui/password-fields';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';

/** Title of the page; its address holds a secret. */
export const metadata: Metadata = { title: 'New password', robots: 'noindex' };

interface Props {
  readonly searchParams: Promise<{ readonly token?: string | readonly string[] }>;
}

export default async function ResetPage({ searchParams }: Props) {
  const said = await saidOf('reset');
  const { token } = await searchParams;
  const secret = said?.typed?.token ?? (typeof token === 'string' ? token : '');
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>New password</h1>
          <p>Every browser that is signed in to the account will be signed out.</p>
        </header>
        <Told said={said} />
        <Form name="reset">
          <input type="hidden" name="token" value={secret} />
          <NewPassword name="password" label="New password" said={said} />
          <button type="submit" className={`${buttons.button} ${buttons.primary} ${buttons.large}`}>
            Set it
          </button>
        </Form>
        <p className={form.aside}>
          The link is too old? <Link href="/forgot">Ask for another mail</Link>.
        </p>
      </main>
      <SiteFooter />
    </>
  );
}
