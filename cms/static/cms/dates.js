// Wagtail's calendar writes over what it cannot read as a date, unseen: “i morgen” became the time it is now, and the 31st
// of February the 3rd of March. What somebody typed stays as it is, so that the form can say what is wrong with it.
window.jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
