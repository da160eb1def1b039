"""Secrets of channels: encrypted at rest, opened only by workers."""
