import { main } from './main.ts';
import { post } from './post.ts';

/** The runner sets this for the post step only (https://github.com/actions/toolkit, saveState). */
const isPost = process.env['STATE_slipway'] !== undefined;

process.exitCode = await (isPost ? post() : main());
