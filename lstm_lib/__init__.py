"""Recurrent networks with every gate and every gradient kept."""
