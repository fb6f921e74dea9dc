export {
  type Action,
  type Asker,
  decide,
  type Facts,
  may,
} from './decide';
export { MESSAGE_RULES } from './messages';
export { isDocument, ROUTE_RULES, type RouteRule, routeRule } from './routes';
