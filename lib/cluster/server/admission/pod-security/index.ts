export { podSecurity } from './pod-security';
