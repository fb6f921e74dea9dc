import { OWN_FORMS } from './account-forms';
import type { AccountForm } from './form';
import { forgotForm, resetForm, verifyForm } from './mail-forms';
import { signInForm } from './sign-in';
import { signOutForm } from './sign-out';
import { signUpForm } from './sign-up';

/** Every form that is sent to `/auth/<name>`. */
export const ACCOUNT_FORMS: readonly AccountForm[] = [
  signInForm,
  signUpForm,
  signOutForm,
  forgotForm,
  resetForm,
  verifyForm,
  ...OWN_FORMS,
];

export { type AccountForm, type FormDeps, FormProblem, type Outcome, type Said } from './form';
