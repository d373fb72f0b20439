/**
 * How V8 is told to keep a prober small. Most of what a check makes is garbage within milliseconds: left alone, V8 takes 100 MB
 * to put off collecting it. Four megabytes for what is young cost nothing that could be measured. What is old may grow by 60 % (8 MB
 * at least) before it is looked through, and not by 300: 30 MB less for some 20 µs a check. Whoever forks a prober gives it these;
 * one that is started by hand takes them itself.
 */
export const PROBER_FLAGS: readonly string[] = ['--max-semi-space-size=4', '--heap-growing-percent=60'];

/**
 * How the C library is told the same, through the environment a prober is started with. By itself it keeps what is freed: an
 * arena for every thread that opens bodies, and blocks of up to 32 MB. After eight answers of brotli that hold 16 MB each, 45 MB
 * were not given back, and so 15.
 */
export const PROBER_MEMORY: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '1048576',
};
