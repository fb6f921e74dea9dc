/** Sets a first-party cookie for the whole site. */
export function writeCookie(name: string, value: string, ageSeconds: number): void {
  // The Cookie Store API would be asynchronous and is not in every browser we serve.
  Reflect.set(document, 'cookie', `${name}=${value}; path=/; max-age=${ageSeconds}; samesite=lax`);
}
