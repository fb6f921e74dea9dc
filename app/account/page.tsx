import type { Metadata } from 'next';
import { requirePerson } from '../../lib/server';
import buttons from '../_ui/button.module.css';
import { Form } from '../_ui/form';
import frame from '../_ui/page-frame.module.css';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';

/** Title of the page. */
export const metadata: Metadata = { title: 'Account' };

export default async function AccountPage() {
  const person = await requirePerson('account.manage');
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>{person.name}</h1>
          <p>{person.email}</p>
        </header>
        <Form name="sign-out">
          <button type="submit" className={buttons.button}>
            Sign out
          </button>
        </Form>
      </main>
      <SiteFooter />
    </>
  );
}
