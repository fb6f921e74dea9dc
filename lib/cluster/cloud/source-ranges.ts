/** Whether an address is in one of the IPv4 ranges. */
export function allows(ranges: readonly string[], address: string): boolean {
  return ranges.some((range) => {
    const [base = '', length = '32'] = range.split('/');
    const size = 2 ** (32 - Number(length));
    return Math.floor(numberOf(address) / size) === Math.floor(numberOf(base) / size);
  });
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
