export {
  ACTIONS,
  type Action,
  type Asker,
  type CohortRole,
  type Decision,
  decide,
  type Facts,
  may,
  type Refusal,
} from './decide';
export { MESSAGE_RULES } from './messages';
export { isDocument, ROUTE_RULES, type RouteRule, routeRule } from './routes';
