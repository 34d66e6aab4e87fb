import "./theme.js";
import "./page.js";
import "./dialog.js";
import "./keys.js";
import "./zone.js";
import "./countdown.js";
import "./checkall.js";
import "./copy.js";
import "./tabs.js";
import "./menu.js";
import "./match.js";
import "./marks.js";
import "./play.js";
// By themselves, on the pages of the workshop alone: editor.js, editor-upload.js
