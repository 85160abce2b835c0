/** The platform decodes the charsets of several bytes itself (`TextDecoder`): their tables need not be carried along. */
export {};
