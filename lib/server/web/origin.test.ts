import { describe, expect, it } from 'vitest';
import { isSameOrigin } from './origin';

describe('isSameOrigin', () => {
  it.each([
    [{ origin: 'http://localhost:3000', host: 'localhost:3000' }, true],
    [{ origin: 'https://learn.example', host: '127.0.0.1:3000', 'x-forwarded-host': 'learn.example' }, true],
    [{ origin: 'http://evil.example', host: 'localhost:3000' }, false],
    [{ origin: 'http://localhost:4000', host: 'localhost:3000' }, false],
    [{ origin: 'null', host: 'localhost:3000' }, false],
    [{ host: 'localhost:3000' }, false],
  ])('[V10] %o: %s', (headers, same) => {
    expect(isSameOrigin(headers)).toBe(same);
  });
});
