// Everything here makes pages quicker. Every action works without it.
import "./live.js";
import "./selection.js";
import "./composer.js";
import "./picker.js";
import "./replies.js";
import "./toasts.js";
