export { type AccountView, accountView } from './account-view';
export { CALLER_HEADER, createAuth } from './auth';
export { createAccount } from './create-account';
export { exportPerson } from './export-person';
export { offerAdministrator } from './first-administrator';
export {
  ACCOUNT_FORMS,
  type AccountForm,
  type FormDeps,
  FormProblem,
  type Outcome,
  type Said,
} from './forms';
export { createPeople, type Identity, type People } from './people';
export type { Person, Role } from './person';
export { createRateLimits } from './rate-limits';
export { keptSecret } from './secret';
