import { main } from './main.ts';
import { post } from './post.ts';

/**
 * The runner sets these for the post step only (https://github.com/actions/toolkit, saveState). The second
 * comes once there is a folder to remove; without one the post step must not deploy either.
 */
const isPost = ['STATE_isPost', 'STATE_slipway'].some((name) => process.env[name] !== undefined);

process.exitCode = await (isPost ? post() : main());

/** Milliseconds. What a library still waits for, such as a credential service that hangs, does not keep us. */
const LINGER = 2_000;
setTimeout(() => process.exit(), LINGER).unref();
