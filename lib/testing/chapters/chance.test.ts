import { describe, expect, it } from 'vitest';
import { Words } from './chance';

describe('[CH3] a page and a screen tell the same', () => {
  it.each([
    ['an age', ['web   1/1   Running   0   5s'], ['web   1/1   Running   0   2m14s']],
    ['a restart long ago', ['web   1 (19s ago)   50s'], ['web   1 (7s ago)   9m']],
    ['a generated name', ['pod/web-587678d858-897sm created'], ['pod/web-77bd9c46f4-x2z9q created']],
    ['a slice', ['my-service-n46gs   IPv4'], ['my-service-vqv4b   IPv4']],
    ['an address', ['Address: 10.98.171.46'], ['Address: 10.106.162.71']],
    ['columns of other widths', ['web   10.98.1.46   80/TCP'], ['web   10.106.162.71   80/TCP']],
    ['a chain', ['-j KUBE-SEP-TCTHC2GJWQODMGO5'], ['-j KUBE-SEP-AZVIQ5GO75QW7WBV']],
    ['lines left out', ['first', '…', 'last'], ['first', 'second', 'third', 'last']],
    ['nothing left out', ['first', '…'], ['first']],
  ])('with %s', (_, shown, seen) => {
    expect(new Words().sameScreen(shown, seen)).toBe(true);
  });

  it.each([
    ['a status', ['web   1/1   Running   0   5s'], ['web   0/1   Running   0   5s']],
    ['a name of the author’s', ['pod/web created'], ['pod/web2 created']],
    ['a count', ['      4 web-587678d858-897sm'], ['      5 web-587678d858-897sm']],
    ['a port', ['10.244.1.3:80'], ['10.244.1.3:8080']],
    ['the address of the API', ['Address: 10.96.0.1'], ['Address: 10.98.1.1']],
    ['a word for two', ['10.244.1.3 10.244.1.3'], ['10.244.1.3 10.244.1.4']],
    ['two for a word', ['10.244.1.3 10.244.1.4'], ['10.244.1.3 10.244.1.3']],
    ['a line more', ['first'], ['first', 'second']],
    ['a line less', ['first', 'second'], ['first']],
    ['the end, though lines were left out', ['first', '…', 'last'], ['first', 'second']],
  ])('not with another %s', (_, shown, seen) => {
    expect(new Words().sameScreen(shown, seen)).toBe(false);
  });

  it('and a later command speaks the screen’s names', () => {
    const words = new Words();
    words.same('pod/web-587678d858-897sm created', 'pod/web-77bd9c46f4-x2z9q created');
    expect(words.translate('kubectl delete pod web-587678d858-897sm')).toBe(
      'kubectl delete pod web-77bd9c46f4-x2z9q',
    );
  });
});
