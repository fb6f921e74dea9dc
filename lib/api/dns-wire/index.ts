export {
  dnsClassName,
  dnsClassNumber,
  dnsCode,
  dnsCodeNumber,
  dnsTypeName,
  dnsTypeNumber,
} from './codes';
export { DnsFormatError, isDomainName, labelText } from './domain-name';
export { dnsAnswerBytes, dnsAnswerLimit, dnsQueryBytes, fitDnsAnswer } from './fit-answer';
export { encodeDnsResponse } from './message';
export { dataWords } from './record-data';
