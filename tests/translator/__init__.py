"""Tests of the translator, with a model that is really trained."""
