import type { AccountForm } from './form';
import { signInForm } from './sign-in';
import { signOutForm } from './sign-out';
import { signUpForm } from './sign-up';

/** Every form that is sent to `/auth/<name>`. */
export const ACCOUNT_FORMS: readonly AccountForm[] = [signInForm, signUpForm, signOutForm];

export { type AccountForm, type FormDeps, FormProblem, type Outcome, type Said, type Sent } from './form';
