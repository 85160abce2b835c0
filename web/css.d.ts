/** A style sheet that comes with the view that imports it. */
declare module "*.css";
